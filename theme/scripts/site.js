// What no page can do without a script: copy its address, open the share sheet, lead to the search by one key.
(function () {
  var find = function (what) { return document.querySelector(what); };
  var share = find("[data-share]");
  var box = find(".search");
  if (share) sharing(find("[data-share] code"), find("[data-share] [role=status]"));
  if (location.protocol !== "file:") finding(find("[rel=search]"), find("#search"), find("#slash"));
  else if (box) box.remove(); // no index can be read from disk

  function sharing(code, status) {
    var here = code.textContent || location.href.split("#")[0];
    var doing = {
      copy: function () {
        var copied = navigator.clipboard ? navigator.clipboard.writeText(here) : Promise.reject();
        copied.catch(selected).then(function () { status.textContent = "Copied."; }, function () {
          status.textContent = "Not copied: it is marked, copy it by hand.";
        });
      },
      send: function () { navigator.share({ title: share.dataset.share, url: here }).catch(function () {}); }
    };
    // Without https, or in an old browser: the older way, which copies what is marked.
    function selected() {
      code.textContent = here;
      code.hidden = false;
      getSelection().selectAllChildren(code);
      if (!document.execCommand("copy")) throw 0;
    }
    share.querySelectorAll("button").forEach(function (button) {
      button.hidden = button.dataset.do === "send" && !navigator.share;
      button.onclick = doing[button.dataset.do];
    });
  }

  function finding(link, field, key) {
    var kept = { slash: 1 }; // what cannot be switched off for good is off
    try { kept = localStorage; } catch (refused) {}
    onkeydown = function (event) {
      if (!link || kept.slash || event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.closest("input:not(#slash), textarea, select")) return;
      event.preventDefault();
      if (field) field.focus(); else location = link.href + "#search";
    };
    if (!field) return;
    key.checked = !kept.slash;
    key.onchange = function () { kept.slash = key.checked ? "" : 1; };
    box.hidden = false;
    field.onfocus = load;
    if (location.hash === "#search") field.focus(); else if (location.search) load();
    function load() { import(new URL(box.dataset.script, location)); }
  }
})();

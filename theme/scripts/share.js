// The two things that a page cannot do without a script: put its address on the clipboard, and open the system's share sheet.
(function () {
  var share = document.querySelector("[data-share]");
  var code = share.querySelector("code");
  var status = share.querySelector("[role=status]");
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
})();

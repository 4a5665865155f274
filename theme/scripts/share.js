// The two things that a page cannot do without a script: put its address on the clipboard, and open the system's share sheet.
(function () {
  var box = document.querySelector("[data-share]");
  var code = box.querySelector("code");
  var status = box.querySelector("[role=status]");
  var here = code.textContent || location.href.split("#")[0];
  var doing = {
    copy: function () {
      var copied = navigator.clipboard ? navigator.clipboard.writeText(here) : Promise.reject();
      copied.catch(selected).then(function () { status.textContent = "Copied."; }, function () {
        status.textContent = "Not copied: it is marked, copy it by hand.";
      });
    },
    send: function () {
      navigator.share({ title: box.dataset.share, url: here }).catch(function () {});
    }
  };
  // Where the clipboard is out of reach (no https, an old browser): the older way, which copies what is marked.
  function selected() {
    code.textContent = here;
    code.hidden = false;
    getSelection().selectAllChildren(code);
    if (!document.execCommand("copy")) throw new Error();
  }
  box.querySelectorAll("button").forEach(function (button) {
    button.hidden = button.dataset.do === "send" && !navigator.share;
    button.addEventListener("click", doing[button.dataset.do]);
  });
})();

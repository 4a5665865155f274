// On every page: the key / leads to the field of the search. From disk there is none, since no index can be read there.
(function () {
  var kept = { slash: 1 }; // what cannot be switched off for good is off
  try { kept = localStorage; } catch (refused) {}
  onkeydown = function (event) {
    var field = document.getElementById("search");
    if (kept.slash || event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || location.protocol === "file:") return;
    if (event.target.closest("input:not(#slash), textarea, select")) return;
    event.preventDefault();
    if (field) field.focus(); else location = document.querySelector("[rel=search]").href + "#search";
  };
})();

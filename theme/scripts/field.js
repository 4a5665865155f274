// On the page of the search: shows its field where it can search, and fetches the search itself once that is used.
(function () {
  var box = document.querySelector(".search");
  var field = document.getElementById("search");
  var key = document.getElementById("slash");
  var kept = {};
  if (location.protocol === "file:") return box.remove();
  try { kept = localStorage; } catch (refused) { key.disabled = true; }
  key.checked = !kept.slash && !key.disabled;
  key.onchange = function () { kept.slash = key.checked ? "" : 1; };
  box.hidden = false;
  field.onfocus = load;
  if (location.hash === "#search") field.focus(); else if (location.search) load();
  function load() { import(new URL(box.dataset.script, location)); }
})();

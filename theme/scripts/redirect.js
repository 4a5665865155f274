// A page that has moved leads on by itself. A part of it that is known leads to where that part is now; any other fragment
// is kept. Where no script runs, the page's links do the same.
(function () {
  var id = location.hash.slice(1);
  var part = id && document.getElementById(id);
  var link = (part || document).querySelector("a[data-moved]");
  if (link) location.replace(part || link.hash ? link.href : link.href + location.hash);
})();

// Has this browser keep the site, to be read without a connection. The page that is open was there before the worker, and so
// says what it consists of. Nothing is kept for whoever asks for little to be sent,
// nor of a pack, whose pages name no worker.
(function () {
  var worker = document.currentScript.dataset.worker;
  var keeping = navigator.serviceWorker;
  if (!worker || !keeping || (navigator.connection && navigator.connection.saveData)) return;
  var first = !keeping.controller;
  addEventListener("load", function () {
    keeping.register(worker).then(function () { return keeping.ready; }).then(function (kept) {
      var parts = performance.getEntriesByType("resource").map(function (part) { return part.name; });
      if (first) kept.active.postMessage([location.href].concat(parts));
    }).catch(function () {}); // from disk, or where a browser keeps nothing
  });
})();

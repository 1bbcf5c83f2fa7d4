// Chosen by the person, else by the system. Classic and blocking on purpose: it runs before anything is painted.
(function () {
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function apply() {
    var chosen = null;
    try {
      chosen = localStorage.getItem('theme');
    } catch {
      // A browser that keeps nothing follows the system.
    }
    document.documentElement.dataset.theme = chosen || (dark.matches ? 'dark' : 'light');
  }
  dark.addEventListener('change', apply);
  apply();
})();

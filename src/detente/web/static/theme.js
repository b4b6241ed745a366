"use strict";
// Before the first paint: the theme that the reader chose, if any. The system's choice needs no script.
try {
  const kept = localStorage.getItem("theme");
  if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
} catch { /* storage is off: the system's choice stands */ }

"use strict";
// The time slider of the network: ties outside the chosen days fade out. Without scripts the date filter does the same.
(() => {
  const figure = document.querySelector("#network");
  if (!figure) return;
  const ties = [...figure.querySelectorAll(".e")];
  const days = [...new Set(ties.flatMap((tie) => [tie.dataset.first, tie.dataset.last]).filter(Boolean))].sort();
  if (days.length < 2) return;
  const box = document.createElement("div");
  const slider = document.createElement("input");
  const told = document.createElement("output");
  const label = document.createElement("label");
  box.className = "slide"; slider.type = "range"; slider.min = 0; slider.max = days.length - 1; slider.value = days.length - 1;
  label.append("Ties up to ", slider); box.append(label, told); figure.before(box);
  function show() {
    const until = days[+slider.value];
    let n = 0;
    for (const tie of ties) { const on = !tie.dataset.first || tie.dataset.first <= until; tie.classList.toggle("off", !on); n += on; }
    told.textContent = `${until}: ${n} of ${ties.length} ties`;
  }
  slider.addEventListener("input", show);
  show();
})();

"use strict";
// The page works without this file: it adds the drawer, keys, the theme, copying and the as-of slider.
(() => {
  const $ = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const drawer = $("#drawer");
  let opener = null;

  // ---- the citation drawer (htmx brings its content)
  function openDrawer() {
    drawer.hidden = false;
    $(".body").classList.add("drawn");
    all(".copybutton", drawer).forEach((button) => { button.hidden = false; });
  }
  function shutDrawer() {
    if (!drawer || drawer.hidden) return false;
    drawer.hidden = true;
    $(".body").classList.remove("drawn");
    if (opener) opener.focus();
    return true;
  }
  document.addEventListener("htmx:beforeRequest", (event) => { opener = event.target.closest("a") || opener; });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "drawer-body") return;
    openDrawer();
    const heading = $("h1", drawer);
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const link = event.detail.elt.closest("a");
    if (link) location.href = link.href;
  });
  if ($("#shut")) $("#shut").addEventListener("click", shutDrawer);

  // ---- copying
  all(".copybutton").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copybutton");
    if (!button) return;
    const text = $("pre", button.closest(".form"));
    try { await navigator.clipboard.writeText(text.textContent); button.textContent = "Copied"; } catch { getSelection().selectAllChildren(text); button.textContent = "Selected"; }
  });

  // ---- theme
  const theme = $("#theme");
  if (theme) {
    const dark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const name = () => { theme.textContent = dark() ? "Light" : "Dark"; };
    theme.hidden = false;
    name();
    theme.addEventListener("click", () => {
      document.documentElement.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("theme", document.documentElement.dataset.theme); } catch { /* for this page only */ }
      name();
      document.dispatchEvent(new Event("theme"));
    });
  }

  // ---- the as-of slider over the days of the record
  const asof = $("#asof");
  if (asof && asof.dataset.first && asof.dataset.first < asof.dataset.last) {
    const day = (n) => new Date(Date.parse(asof.dataset.first) + n * 864e5).toISOString().slice(0, 10);
    const number = (text) => Math.round((Date.parse(text) - Date.parse(asof.dataset.first)) / 864e5);
    const slider = document.createElement("input");
    slider.type = "range"; slider.min = 0; slider.max = number(asof.dataset.last); slider.value = number(asof.value || asof.dataset.last);
    slider.setAttribute("aria-label", "As of, as a slider over the days of the record");
    slider.addEventListener("input", () => { asof.value = day(+slider.value); });
    slider.addEventListener("change", () => { if (+slider.value === +slider.max) asof.value = ""; asof.form.requestSubmit(); });
    asof.before(slider);
  }

  // ---- furniture of the page read
  const furniture = $("#furniture");
  if (furniture) furniture.addEventListener("change", () => $(".reader").classList.toggle("show-furniture", furniture.checked));
  const at = $("#at");
  if (at && location.hash === "#at") at.scrollIntoView({ block: "center" });

  // ---- charts as PNG, drawn here
  all(".png").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = await (await fetch(button.dataset.png)).text();
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width * 2; canvas.height = image.height * 2;
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#ffffff"; pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob); link.download = `${document.body.dataset.screen}.png`; link.click();
      });
    });
  });

  // ---- keys
  let here = -1;
  function move(step) {
    const items = all("[data-item]");
    if (!items.length) return;
    here = Math.max(0, Math.min(items.length - 1, here + step));
    items.forEach((item, n) => item.classList.toggle("here", n === here));
    items[here].focus({ preventScroll: true });
    items[here].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { if (!shutDrawer() && document.activeElement) document.activeElement.blur(); return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const press = all("[data-key]").find((button) => button.dataset.key === event.key && !button.disabled);
    if (press) { event.preventDefault(); press.click(); return; }
    if (event.key >= "1" && event.key <= "5") { const link = all(".rail ul:first-child a")[+event.key - 1]; if (link) location.href = link.href; }
    else if (event.key === "/") { event.preventDefault(); $("#q").focus(); }
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "o" && here >= 0) { const item = all("[data-item]")[here]; const link = $(".cite", item) || $(".more", item) || $("a", item); if (link) link.click(); }
    else if (event.key === "R") { const link = $('.rail a[href^="/review"]'); if (link) location.href = link.href; }
    else if (event.key === "d" && theme) theme.click();
  });
})();

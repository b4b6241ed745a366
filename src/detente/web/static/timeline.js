"use strict";
// The lanes as a canvas that pans and zooms. Without scripts the still picture stands; the list below says the same.
(async () => {
  const figure = document.querySelector("#lanes");
  if (!figure) return;
  const reply = await fetch(figure.dataset.src, { headers: { accept: "application/json" } });
  if (!reply.ok) return;
  const data = await reply.json();
  if (!data.items.length) return;

  const DAY = 864e5, LEFT = 104, HEAD = 22, ROW = 12, MOST = 14, GAP = 10;
  const number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  const items = data.items.map((item) => ({ ...item, x0: number(item.from), x1: number(item.to || item.from) + 1 }));
  items.sort((a, b) => a.x0 - b.x0 || a.x1 - b.x1);
  const threads = data.threads.map((thread) => ({ ...thread, points: thread.points.map((p) => ({ ...p, x: number(p.day) })) }));
  const lanes = data.lanes.map((lane) => ({ ...lane, items: items.filter((item) => item.lane === lane.id), rows: 1, y: 0 }));

  const canvas = document.createElement("canvas");
  const screen = canvas.getContext("2d", { alpha: false });
  const sheet = document.createElement("canvas"); // three screens' worth, drawn once; panning only copies from it
  const pen = sheet.getContext("2d", { alpha: false });
  const tip = document.createElement("div");
  const bar = document.createElement("div");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `Timeline of ${items.length} records in ${lanes.length} lanes. Arrow keys pan, plus and minus zoom; the list below says the same.`);
  tip.className = "tip"; tip.hidden = true;
  bar.className = "zoom";
  const buttons = [["−", () => zoom(1.5)], ["+", () => zoom(1 / 1.5)], ["all", () => fit()]].map(([text, act]) => {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = text; button.addEventListener("click", act);
    return button;
  });
  buttons[0].setAttribute("aria-label", "Zoom out"); buttons[1].setAttribute("aria-label", "Zoom in"); buttons[2].setAttribute("aria-label", "Show all days");
  bar.append(...buttons, "drag to move, wheel with Ctrl to zoom");
  const still = figure.querySelector(".still");
  still.replaceWith(bar, canvas, tip);

  let from = 0, scale = 10, width = 0, height = 0, ratio = 1, colours = {}, placed = [], queued = false, packedAt = 0;
  let labels = []; // of the days on the sheet: place and length
  let base = 0, span = 0, stale = true; // the sheet's first day, a screen's days, whether it must be drawn anew
  const x = (day) => (day - base) * scale; // on the sheet

  function paint() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ink", "soft", "line", "card", "node", "deny", "plan", "paper"]) colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
  function middle() { // most of the days; far outliers can be reached by panning
    const starts = items.map((item) => item.x0);
    const low = starts[Math.floor(starts.length * 0.03)], high = starts[Math.ceil(starts.length * 0.97) - 1];
    return [low, Math.max(high, low + 3) + 1];
  }
  function fit() {
    const [low, high] = middle();
    scale = (width - LEFT - 20) / (high - low + 1); from = low - 0.5;
    pack(); draw();
  }
  // Stacking depends on the zoom alone, so panning only draws.
  function pack() {
    let y = HEAD;
    for (const lane of lanes) {
      lane.y = y;
      if (lane.id === "Demands") {
        lane.rows = Math.max(threads.length, 1);
      } else {
        const ends = [];
        for (const item of lane.items) {
          const left = item.x0 * scale, right = Math.max(item.x1 * scale, left + GAP);
          let row = ends.findIndex((end) => end <= left);
          if (row < 0) row = ends.length < MOST ? ends.length : Math.abs(item.x0) % MOST;
          ends[row] = Math.max(ends[row] ?? -Infinity, right); item.row = row;
        }
        lane.rows = Math.max(ends.length, 1);
      }
      y += lane.rows * ROW + 14;
    }
    packedAt = scale; stale = true;
    if (height !== y + 4) { height = y + 4; size(); }
  }
  function size() {
    ratio = devicePixelRatio || 1;
    width = figure.clientWidth - 2; // its border
    canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
    canvas.style.height = `${height + 2}px`;
    sheet.width = Math.round(3 * (width - LEFT) * ratio); sheet.height = canvas.height; stale = true;
  }
  function first(list, day) { // the first item that may be seen; ranges of up to a year reach back
    let low = 0, high = list.length;
    while (low < high) { const mid = (low + high) >> 1; if (list[mid].x0 < day) low = mid + 1; else high = mid; }
    return low;
  }
  function fill() {
    span = (width - LEFT) / scale; base = from - span; stale = false; placed = [];
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = colours.card; pen.fillRect(0, 0, 3 * (width - LEFT), height);
    days();
    for (const lane of lanes) if (lane.id === "Demands") demands(lane); else marks(lane);
    pen.fillStyle = colours.line;
    for (const lane of lanes) pen.fillRect(0, lane.y - 4, 3 * (width - LEFT), 1);
  }
  function frame() {
    queued = false;
    if (stale || from < base || from > base + 2 * span) fill();
    const at = Math.round((from - base) * scale * ratio), left = Math.round(LEFT * ratio);
    screen.setTransform(1, 0, 0, 1, 0, 0);
    screen.drawImage(sheet, at, 0, canvas.width - left, canvas.height, left, 0, canvas.width - left, canvas.height);
    screen.setTransform(ratio, 0, 0, ratio, 0, 0);
    screen.fillStyle = colours.card; screen.fillRect(0, 0, LEFT, height);
    for (const [at, long] of labels) { // a label that begins behind the lanes' names
      const left = LEFT + at - (from - base) * scale;
      if (left < LEFT && left + long > LEFT) screen.fillRect(LEFT, 0, left + long - LEFT, 16);
    }
    screen.font = "600 12px system-ui, sans-serif"; screen.textBaseline = "top";
    for (const lane of lanes) {
      screen.fillStyle = colours.line; screen.fillRect(0, lane.y - 4, LEFT, 1);
      screen.fillStyle = colours.ink; screen.fillText(lane.label.length > 15 ? `${lane.label.slice(0, 14)}…` : lane.label, 8, lane.y + 1);
    }
  }
  function draw() { if (!queued) { queued = true; requestAnimationFrame(frame); } }

  function days() {
    const steps = [1, 2, 7, 14, 30.44, 91.3, 182.6, 365.25, 1826.25, 3652.5];
    const step = steps.find((s) => s * scale > 70) || 36525;
    pen.font = "11px system-ui, sans-serif"; pen.textBaseline = "top"; labels = [];
    for (let n = Math.floor(base / step); ; n++) {
      const day = n * step, at = x(day);
      if (at > 3 * (width - LEFT)) break;
      pen.fillStyle = colours.line; pen.fillRect(Math.round(at), 16, 1, height);
      const date = new Date(day * DAY);
      pen.fillStyle = colours.soft;
      const text = date.toLocaleDateString("en-GB", step > 300 ? { year: "numeric", timeZone: "UTC" } : step > 25 ? { month: "short", year: "numeric", timeZone: "UTC" } : { day: "numeric", month: "short", timeZone: "UTC" });
      pen.fillText(text, at + 3, 4); labels.push([at, pen.measureText(text).width + 4]);
    }
  }
  // One path a style: a frame with 5,000 marks makes a handful of calls to fill.
  function marks(lane) {
    const left = base - 366, right = base + 3 * span;
    const full = new Path2D(), hollow = new Path2D(), crossed = new Path2D(), soft = new Path2D(), bars = new Path2D();
    const kept = new Path2D(), moved = new Path2D(), off = new Path2D(); // what became of a plan
    for (let n = first(lane.items, left); n < lane.items.length; n++) {
      const item = lane.items[n];
      if (item.x0 > right) break;
      const a = x(item.x0 + 0.5 * Math.min(1, 1)), b = item.x1 - item.x0 > 1 ? x(item.x1) : a;
      if (b < -8) continue;
      const y = lane.y + 8 + item.row * ROW, r = 3.2 + Math.min(item.origins - 1, 4) * 0.6;
      if (b - a > 4) bars.rect(a, y - 1.5, b - a, 3);
      if (item.soft) { soft.moveTo(a + r + 2, y); soft.arc(a, y, r + 2, 0, 7); }
      const path = item.status === "planned" || item.status === "hypothetical" ? hollow : item.status === "denied" || item.status === "cancelled" ? crossed : full;
      path.moveTo(a + r, y); path.arc(a, y, r, 0, 6.2832);
      if (item.open) bars.rect(a + r, y - 1, 14, 2); // some day, not told which
      if (item.became === "happened") { kept.moveTo(a + r / 2.4, y); kept.arc(a, y, r / 2.4, 0, 6.2832); }
      if (item.became === "moved") { moved.moveTo(a - 2, y); moved.lineTo(a + 2, y); moved.moveTo(a, y - 2); moved.lineTo(a + 2, y); moved.lineTo(a, y + 2); }
      if (item.became === "cancelled") { off.moveTo(a - 3, y - 3); off.lineTo(a + 3, y + 3); }
      if (path === crossed) { path.moveTo(a - 3, y - 3); path.lineTo(a + 3, y + 3); }
      placed.push([a, b, y, item]);
    }
    pen.fillStyle = colours.node;
    pen.globalAlpha = 0.3; pen.fill(soft); pen.fill(bars); pen.globalAlpha = 1;
    pen.fill(full);
    pen.lineWidth = 1.5; pen.strokeStyle = colours.node; pen.fillStyle = colours.card; pen.fill(hollow); pen.stroke(hollow);
    pen.fillStyle = colours.node; pen.fill(kept);
    pen.strokeStyle = colours.plan; pen.stroke(moved);
    pen.strokeStyle = colours.deny; pen.stroke(crossed); pen.stroke(off);
    if (scale > 80) names(lane, left, right);
  }
  // Where there is room to the right, the mark bears its name.
  function names(lane, left, right) {
    const next = [];
    pen.font = "11px system-ui, sans-serif"; pen.textBaseline = "middle"; pen.fillStyle = colours.ink;
    for (let n = lane.items.length - 1; n >= 0; n--) {
      const item = lane.items[n], end = item.x1 - item.x0 > 1 ? x(item.x1) : x(item.x0 + 0.5) + (item.open ? 16 : 0), room = (next[item.row] ?? end + 260) - end - 16;
      next[item.row] = x(item.x0 + 0.5);
      if (item.x0 < left || item.x0 > right || room < 40) continue;
      const letters = Math.floor(room / 6);
      pen.fillText(item.label.length > letters ? `${item.label.slice(0, letters - 1)}…` : item.label, end + 9, lane.y + 8 + item.row * ROW + 0.5);
    }
  }
  function demands(lane) {
    threads.forEach((thread, row) => {
      const y = lane.y + 8 + row * ROW, points = thread.points;
      pen.strokeStyle = colours.plan; pen.lineWidth = 1.2; pen.beginPath();
      pen.moveTo(x(points[0].x + 0.5), y); pen.lineTo(x(points[points.length - 1].x + 0.5), y); pen.stroke();
      for (const point of points) {
        const at = x(point.x + 0.5), against = /rejects|refuses|denies/.test(point.stance), open = /accepts|supports|open/.test(point.stance);
        pen.beginPath(); pen.arc(at, y, 3.2, 0, 6.2832);
        pen.fillStyle = open ? colours.card : against ? colours.deny : colours.plan; pen.strokeStyle = against ? colours.deny : colours.plan;
        pen.fill(); pen.stroke();
        placed.push([at, at, y, { id: point.id, label: `${thread.label}: ${point.who} ${point.stance}`, from: point.day, to: "", kind: "", status: "", basis: "" }]);
      }
    });
  }
  function find(event) {
    const box = canvas.getBoundingClientRect(), px = event.clientX - box.left - LEFT + (from - base) * scale, py = event.clientY - box.top;
    let best = null, nearest = 9;
    for (const [a, b, y, item] of placed) {
      const dx = px < a ? a - px : px > b ? px - b : 0, distance = Math.hypot(dx, py - y);
      if (distance < nearest) { nearest = distance; best = item; }
    }
    return best;
  }
  function say(event) {
    const item = px(event) && find(event);
    tip.hidden = !item;
    if (!item) return;
    const range = item.to && item.to !== item.from ? `${item.from} – ${item.to}` : item.open ? `after ${item.from}` : item.from;
    tip.textContent = [range + (item.basis === "published" ? " (day of publication)" : item.basis === "inferred" ? " (inferred)" : ""), item.label, [item.kind, item.status].filter(Boolean).join(", ") + (item.told ? ` → ${item.told}` : ""), item.reports ? `${item.reports} reports · ${item.origins} origins` : ""].filter(Boolean).join(" · ");
    const box = figure.getBoundingClientRect();
    tip.style.left = `${Math.min(event.clientX - box.left + 12, Math.max(width - 260, 0))}px`;
    tip.style.top = `${event.clientY - box.top + 14}px`;
  }
  function px(event) { return event.clientX - canvas.getBoundingClientRect().left > LEFT - 6; }
  function zoom(by, at = LEFT + (width - LEFT) / 2) {
    const day = from + (at - LEFT) / scale;
    scale = Math.max(0.01, Math.min(400, scale / by)); from = day - (at - LEFT) / scale;
    if (scale / packedAt > 1.15 || scale / packedAt < 0.87) pack();
    stale = true; draw();
  }
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, from, moved: 0 }; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    if (!drag) { say(event); return; }
    drag.moved = Math.max(drag.moved, Math.abs(event.clientX - drag.x)); tip.hidden = true;
    from = drag.from - (event.clientX - drag.x) / scale; draw();
  });
  canvas.addEventListener("pointerup", (event) => {
    const click = drag && drag.moved < 4; drag = null;
    const item = click && find(event);
    if (item) show(item);
  });
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
  canvas.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) { event.preventDefault(); zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, event.clientX - canvas.getBoundingClientRect().left); }
    else if (event.deltaX) { event.preventDefault(); from += event.deltaX / scale; draw(); }
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = 60 / scale;
    if (event.key === "ArrowLeft") from -= step; else if (event.key === "ArrowRight") from += step;
    else if (event.key === "+" || event.key === "=") zoom(1 / 1.5); else if (event.key === "-") zoom(1.5); else return;
    event.preventDefault(); draw();
  });
  function show(item) {
    const url = `/cite/${item.id}`;
    if (window.htmx) htmx.ajax("GET", url, { target: "#drawer-body", swap: "innerHTML" }); else location.href = url;
  }
  new ResizeObserver(() => { if (figure.clientWidth - 2 !== width) { size(); fit(); } }).observe(figure);
  document.addEventListener("theme", () => { paint(); stale = true; draw(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { paint(); stale = true; draw(); });
  paint(); size(); fit();
  // For the benchmark: pan by whole frames and tell how long each took to draw.
  figure.dataset.ready = String(items.length);
  figure.addEventListener("pan", (event) => { from += event.detail / scale; frame(); });
})();

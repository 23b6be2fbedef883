// Draws `{% chart %}` with ECharts, which is fetched only on pages that have a chart. The figures are in a JSON script beside it.
// A chart is drawn when it comes into view, or to be printed: the workbench has many, and a phone shows one.
(() => {
  const source = document.currentScript.dataset.echarts;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const drawn = new Map();
  let library = null;

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function load() {
    library ??= new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: source, onload: resolve, onerror: reject });
      document.head.append(script);
    });
    return library;
  }

  function palette() {
    const accent = token("--hg-accent") || "#b42318";
    return dark.matches
      ? [lighten(accent), "#8db8f5", "#7ccf98", "#f0ad6d", "#cfa3e6", "#a3acb8", "#6fd3d8", "#e48fb0"]
      : [accent, "#5a6b85", "#2f7d6b", "#b7791f", "#7c5ba6", "#8896a8", "#1f7a8c", "#c2577e"];
  }

  // Mixed with white by half, so that a dark accent shows on a dark card.
  function lighten(hex) {
    const channels = [1, 3, 5].map((at) => Math.round((parseInt(hex.slice(at, at + 2), 16) + 255) / 2));
    return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
  }

  function shared(spec) {
    return {
      color: palette(),
      animation: !still.matches,
      animationDuration: 300,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: token("--tblr-body-color") },
      // Rich text, because a tooltip of HTML needs inline styles, which the page's policy refuses.
      tooltip: {
        renderMode: "richText",
        trigger: spec.kind === "pie" ? "item" : "axis",
        confine: true,
        valueFormatter: (value) => (value == null ? "—" : `${value}${spec.unit}`),
      },
    };
  }

  const legend = () => ({ top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: token("--tblr-body-color") } });

  function pie(spec) {
    const data = spec.categories.map((name, at) => ({ name, value: spec.series[0].values[at] }));
    return {
      ...shared(spec),
      legend: { ...legend(), top: undefined, bottom: 0, left: "center" },
      series: [{ type: "pie", radius: ["42%", "66%"], center: ["50%", "42%"], data, label: { show: true, position: "inside", color: "#fff", formatter: "{c}" } }],
    };
  }

  function axes(spec) {
    const line = { lineStyle: { color: token("--tblr-border-color") } };
    const label = { color: token("--tblr-secondary") };
    const names = { type: "category", data: spec.categories, axisLabel: { ...label, hideOverlap: true }, axisLine: line, axisTick: { show: false } };
    const counts = spec.series.every((series) => series.values.every((value) => value == null || Number.isInteger(value)));
    const values = { type: "value", minInterval: counts ? 1 : 0, axisLabel: { ...label, hideOverlap: true, formatter: `{value}${spec.unit === "%" ? "%" : ""}` }, splitLine: line };
    return spec.sideways ? { xAxis: values, yAxis: { ...names, inverse: true } } : { xAxis: names, yAxis: values };
  }

  function drawSeries(spec, series) {
    const type = series.kind || spec.kind;
    const bar = { type: "bar", barMaxWidth: 28, stack: spec.stacked ? "all" : undefined, itemStyle: { borderRadius: spec.stacked ? 0 : 3 } };
    const line = { type: "line", symbolSize: 6, lineStyle: { width: 2 }, connectNulls: false };
    return { name: series.name, data: series.values, ...(type === "line" ? line : bar) };
  }

  // Chinese characters are as wide as they are high (12 px); a row of names is 22 px high.
  function rowsOfNames(spec, width) {
    let rows = 1;
    let used = 0;
    for (const { name } of spec.series) {
      const wide = 29 + 12 * [...name].length;
      if (used && used + wide > width) {
        rows += 1;
        used = 0;
      }
      used += wide;
    }
    return rows;
  }

  function grid(spec, names) {
    const named = spec.series.length > 1;
    return {
      ...shared(spec),
      ...axes(spec),
      legend: named ? legend() : undefined,
      grid: { left: 4, right: 12, top: named ? 14 + 22 * names : 12, bottom: 4, outerBoundsMode: "same" },
      series: spec.series.map((series) => drawSeries(spec, series)),
    };
  }

  function draw(element) {
    inView.unobserve(element);
    const spec = JSON.parse(document.getElementById(element.dataset.spec).textContent);
    const chart = drawn.get(element) ?? echarts.init(element);
    drawn.set(element, chart);
    chart.setOption(spec.kind === "pie" ? pie(spec) : grid(spec, rowsOfNames(spec, element.clientWidth)), true);
  }

  const inView = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
    { rootMargin: "200px" },
  );

  async function drawAll(root) {
    const elements = root.querySelectorAll("[data-spec]");
    if (!elements.length) return;
    await load();
    elements.forEach((element) => inView.observe(element));
  }

  function drawForPaper() {
    if (!window.echarts) return;
    document.querySelectorAll("[data-spec]").forEach((element) => drawn.has(element) || draw(element));
    drawn.forEach((chart) => chart.resize());
  }

  document.addEventListener("DOMContentLoaded", () => drawAll(document));
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
  addEventListener("resize", () => drawn.forEach((chart, element) => { chart.resize(); draw(element); }));
  addEventListener("beforeprint", drawForPaper);
  dark.addEventListener("change", () => requestAnimationFrame(() => drawn.forEach((_, element) => draw(element))));
})();

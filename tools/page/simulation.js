"use strict";
// Draws the page from the JSON in it. Words go into it as text alone, never as markup.

const { subject, source, report, history } = JSON.parse(document.getElementById("data").textContent);
const { curves, lives } = history;
const world = report.world;

/// The answers of a function do not show which records it handled.
const areCallsKnown = report.runs[0].figures.handler_calls !== null;
const isStream = "stream" in world;
const byId = (id) => document.getElementById(id);

const dispositions = {
  done: "processed",
  dead_lettered: isStream ? "sent to the on-failure destination" : "dead-lettered",
  expired: "expired",
  on_source: "still on its source",
};
const outcomes = areCallsKnown
  ? { succeeded: "returned", failed: "failed", cut: "cut off", not_handled: "not called" }
  : { succeeded: "assumed to return", failed: "assumed to fail", cut: "cut off", not_handled: "not known" };

// ---- words

const count = (number) => number.toLocaleString("en");
const counted = (number, one, many = one + "s") => `${count(number)} ${number === 1 ? one : many}`;

/// Virtual time as people say it.
function duration(milliseconds) {
  const rounded = (value) => String(Math.round(value * 100) / 100);
  if (milliseconds < 1000) return `${rounded(milliseconds)} ms`;
  if (milliseconds < 60000) return `${rounded(milliseconds / 1000)} s`;
  const inTwo = (large, one, small, other) => {
    const units = Math.floor(milliseconds / large);
    const rest = Math.floor((milliseconds % large) / small);
    return rest === 0 ? `${units} ${one}` : `${units} ${one} ${rest} ${other}`;
  };
  return milliseconds < 3600000 ? inTwo(60000, "min", 1000, "s") : inTwo(3600000, "h", 60000, "min");
}

function element(tag, words, attributes = {}) {
  const made = document.createElement(tag);
  if (words !== undefined) made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function fillTable(table, headings, rows) {
  const head = element("tr");
  for (const heading of headings) head.append(element("th", heading.words, { scope: "col", class: heading.class ?? "" }));
  const body = element("tbody");
  for (const row of rows) {
    const line = element("tr");
    row.forEach((cell, column) => {
      const isName = column === 0;
      const tone = cell.class ?? headings[column].class ?? "";
      line.append(element(isName ? "th" : "td", cell.words, isName ? { scope: "row", class: tone } : { class: tone }));
    });
    body.append(line);
  }
  const top = element("thead");
  top.append(head);
  table.replaceChildren(top, body);
}

// ---- the summary

const first = report.runs[0];

function tellHead() {
  const headline = report.passed ? "Every law held" : `${first.broken_law} is violated`;
  document.title = `batchproof: ${headline}`;
  byId("headline").textContent = headline;
  byId("subtitle").textContent =
    `What became of ${counted(world.messages, "message")} of ${source}, simulated.`;
  byId("sign").textContent = report.passed ? "\u2713" : "\u2717";
  byId("sign").classList.add(report.passed ? "good" : "bad");
  const facts = {
    processor: subject,
    seed: String(world.seed),
    invocations: count(first.figures.invocations),
    "virtual time to rest": duration(first.figures.virtual_ms_to_rest),
  };
  for (const [name, words] of Object.entries(facts)) {
    const fact = element("div");
    fact.append(element("dt", name), element("dd", words));
    byId("facts").append(fact);
  }
  byId("world").textContent = JSON.stringify(world, null, 2);
}

function showViolation() {
  if (report.passed) return;
  byId("violation").hidden = false;
  byId("violations").replaceChildren(...first.violations.map((sentence) => element("li", sentence)));
  byId("trace").textContent = first.trace.map((line) => JSON.stringify(line)).join("\n");
}

function showNotes() {
  byId("notes-section").hidden = report.notes.length === 0;
  byId("notes").replaceChildren(...report.notes.map((sentence) => element("li", sentence)));
}

const figures = [
  ["messages", "messages"],
  ["invocations", "invocations"],
  ["delivered", "delivered"],
  ["processed", "processed"],
  ["dead-lettered", "dead_lettered"],
  ["never tried", "never_tried", "within"],
  ["expired", "expired"],
  ["lost", "lost", "bad"],
  ["redeliveries", "redeliveries"],
  ["handler calls", "handler_calls"],
  ["wasted", "wasted_handler_calls", "within"],
];

function tellSummary() {
  const headings = [{ words: "" }, ...report.runs.map((run) => ({ words: run.name ?? "", class: "n" }))];
  const rows = figures.filter(([, key]) => first.figures[key] !== null).map(([name, key, tone]) => [
    { words: name, class: tone === "within" ? "within" : "" },
    ...report.runs.map((run) => ({
      words: count(run.figures[key]),
      class: tone === "bad" && run.figures[key] > 0 ? "n bad" : "n",
    })),
  ]);
  rows.push([
    { words: "virtual time to rest" },
    ...report.runs.map((run) => ({ words: duration(run.figures.virtual_ms_to_rest), class: "n" })),
  ]);
  fillTable(byId("summary"), headings, rows);
  byId("pair").classList.toggle("wide", report.runs.length > 1);
}

// ---- charts

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const charts = {};

function draw(id, configuration) {
  charts[id]?.destroy();
  charts[id] = new Chart(byId(id), configuration);
}

const timeScale = (title, more = {}) => ({
  type: "linear",
  title: { display: true, text: title },
  ticks: { callback: (value) => duration(value), maxRotation: 0, autoSkipPadding: 24 },
  grid: { color: colour("line") },
  ...more,
});

/// A logarithmic scale cannot show 0: everything stands one millisecond further right on it.
const niceTimes = [1, 10, 100, 1000, 10000, 60000, 600000, 3600000, 36000000, 86400000, 864000000];

function drawOverTime() {
  const isEven = byId("even-time").checked;
  const shift = isEven ? 0 : 1;
  const series = [
    ["done", "done", "done"],
    [isStream ? "on-failure destination" : "dead-lettered", "dead_lettered", "dead"],
    ["expired", "expired", "expired"],
    ["in flight", "in_flight", "flight"],
    ["on the source", "waiting", "waiting"],
  ].filter(([, key]) => curves[key].some((value) => value > 0));
  const end = curves.at[curves.at.length - 1];
  const logarithmic = {
    type: "logarithmic",
    min: 1,
    max: end + 1,
    afterBuildTicks: (axis) => {
      const last = niceTimes.filter((time) => 2 * time < end);
      axis.ticks = [...last, end + 1].map((value) => ({ value }));
    },
  };
  const x = timeScale("virtual time", isEven ? { min: 0, max: end } : logarithmic);
  x.ticks.callback = (value) => duration(value - shift < 2 ? value - shift : value > end ? end : value);
  draw("over-time", {
    type: "line",
    data: {
      datasets: series.map(([label, key, name]) => ({
        label,
        data: curves.at.map((at, point) => ({ x: at + shift, y: curves[key][point] })),
        backgroundColor: colour(name),
        borderColor: colour(name),
        borderWidth: 1,
        pointRadius: 0,
        fill: "stack",
        stepped: true,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x,
        y: { stacked: true, min: 0, title: { display: true, text: "messages" }, ticks: { precision: 0 }, grid: { color: colour("line") } },
      },
      plugins: {
        legend: { position: "bottom" },
        tooltip: {
          callbacks: {
            title: (items) => duration(items[0].parsed.x - shift),
            label: (item) => `${item.dataset.label}: ${count(item.parsed.y)}`,
          },
        },
      },
    },
  });
  byId("over-time").setAttribute(
    "aria-label",
    `After ${duration(end)}: ` + series.map(([label, key]) => `${label} ${count(curves[key][curves.at.length - 1])}`).join(", "),
  );
  byId("over-time-note").textContent =
    (isEven ? "" : "Time runs logarithmically: most happens at the beginning. ") +
    "A message is in flight from its delivery until " +
    (isStream ? "the answer. " : "it is deleted, or visible again. ") +
    (curves.all_changes ? "" : `Shown are ${count(curves.at.length)} points of time.`);
}

function drawAmplification() {
  const bars = [
    ["messages", (run) => run.figures.messages, "waiting"],
    ["delivered", (run) => run.figures.delivered, "flight"],
    ["handler calls", (run) => run.figures.handler_calls, "done"],
    ["wasted", (run) => run.figures.wasted_handler_calls, "dead"],
  ].filter(([, of]) => of(first) !== null);
  byId("amplification-box").style.height = `${6 + 5 * report.runs.length}rem`;
  draw("amplification", {
    type: "bar",
    data: {
      labels: report.runs.map((run) => run.name ?? "this world"),
      datasets: bars.map(([label, of, name]) => ({ label, data: report.runs.map(of), backgroundColor: colour(name) })),
    },
    options: {
      animation: false,
      indexAxis: "y",
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", axis: "y", intersect: false },
      scales: {
        x: { min: 0, ticks: { precision: 0 }, grid: { color: colour("line") } },
        y: { grid: { display: false } },
      },
      plugins: { legend: { position: "bottom" } },
    },
  });
  const each = report.runs.map((run) => {
    const name = run.name === undefined ? "" : `, ${run.name}`;
    return `${(run.figures.delivered / run.figures.messages).toFixed(2)} times${name}`;
  });
  const wasted = areCallsKnown ? " Wasted are handler calls for what was handled well before." : "";
  const sentence = `A message was delivered ${each.join("; ")}.${wasted}`;
  byId("amplification").setAttribute("aria-label", sentence);
  byId("amplification-note").textContent = sentence;
}

// ---- lives

const isLost = (message) => message.disposition === "done" && message.successes === 0;
const kinds = [
  ["all", () => true],
  ["lost", isLost],
  ["dead-lettered", (message) => message.disposition === "dead_lettered"],
  ["never tried", (message) => message.disposition === "dead_lettered" && message.tries === 0],
  ["expired", (message) => message.disposition === "expired"],
  ["delivered again", (message) => message.times_delivered > 1],
  ["handled again", (message) => message.successes > 1],
].filter(([name]) => areCallsKnown || !["never tried", "handled again"].includes(name));
const endOf = (message) => (isLost(message) ? "lost" : dispositions[message.disposition]);
const times = (number) => (number === 1 ? "once" : number === 2 ? "twice" : `${count(number)} times`);
let shown = null;

function listMessages() {
  const most = 300;
  const text = byId("find").value.trim();
  const isKind = kinds[byId("kind").selectedIndex][1];
  const found = lives.messages.filter((message) => isKind(message) && message.id.includes(text));
  const exact = found.findIndex((message) => message.id === text);
  if (exact > 0) found.unshift(...found.splice(exact, 1));
  byId("messages").replaceChildren(
    ...found.slice(0, most).map((message) => {
      const button = element("button", undefined, { type: "button", "aria-current": String(message === shown) });
      button.append(element("code", message.id), element("span", endOf(message), { class: "sentence" }));
      button.message = message;
      button.addEventListener("click", () => showLife(message));
      const item = element("li");
      item.append(button);
      return item;
    }),
  );
  const kept = lives.messages.length < lives.of
    ? ` The page holds ${count(lives.messages.length)} of ${counted(lives.of, "life", "lives")}: those in which most went wrong.`
    : "";
  byId("messages-note").textContent =
    counted(found.length, "message") + (found.length > most ? `, of which ${most} are listed.` : ".") + kept;
  return found;
}

function sentenceOf(message) {
  const calls = message.tries === 0 ? ", never handled" : `, handled ${times(message.tries)}`;
  const handled = areCallsKnown ? calls : "";
  const poison = message.is_poison ? " Its handler always fails." : "";
  const group = isStream ? `Key g${message.group}` : world.source === "sqs_fifo" ? `Group g${message.group}` : "";
  return `${group}${group ? ", sent" : "Sent"} at ${duration(message.sent)}, delivered ${times(message.times_delivered)}` +
    `${handled}; ${endOf(message)} at ${duration(message.ended)}.${poison}`;
}

function showLife(message) {
  shown = message;
  for (const button of byId("messages").querySelectorAll("button"))
    button.setAttribute("aria-current", String(button.message === message));
  byId("life-name").textContent = message.id;
  byId("life-sentence").textContent = sentenceOf(message);
  drawLife(message);
  const headings = [{ words: "", class: "whole" }, { words: "at", class: "whole" }, { words: "invocation", class: "n" }, { words: "handler" }, { words: "then" }];
  const rows = message.deliveries.map(([began, ended, released, invocation, outcome, reason], place) => {
    const why = reason === undefined ? "" : `the batch failed: ${lives.reasons[reason]}`;
    const isLast = place + 1 === message.times_delivered;
    const then = isLast ? endOf(message) : released > ended ? `visible again at ${duration(released)}` : "comes again";
    return [
      { words: `delivery ${place + 1}`, class: "whole" },
      { words: duration(began) },
      { words: count(invocation) },
      { words: outcomes[outcome] ?? outcome, class: { succeeded: "good", failed: "bad" }[outcome] ?? "" },
      { words: why ? `${why}; ${then}` : then },
    ];
  });
  fillTable(byId("life-table"), headings, rows);
  const hidden = message.times_delivered - message.deliveries.length;
  byId("life-note").textContent = hidden > 0 ? `And ${counted(hidden, "delivery", "deliveries")} more.` : "";
}

function drawLife(message) {
  const most = 30;
  const shown = message.deliveries.slice(0, most);
  const labels = [...shown.map((_, place) => `delivery ${place + 1}`), "end"];
  const waits = shown.map(([began], place) => [place === 0 ? message.sent : shown[place - 1][2], began]);
  const end = message.disposition === "on_source" ? report.runs[0].figures.virtual_ms_to_rest : message.ended;
  const outcomeColours = { succeeded: "done", failed: "dead", cut: "expired", not_handled: "faint" };
  const endColour = isLost(message) ? "dead" : { done: "done", dead_lettered: "dead", expired: "expired" }[message.disposition] ?? "waiting";
  const bar = (label, data, backgroundColor, more = {}) => ({ label, data, backgroundColor, grouped: false, barPercentage: 0.7, ...more });
  const none = null;
  byId("life-box").style.height = `${6.5 + 1.5 * labels.length}rem`;
  draw("life-chart", {
    type: "bar",
    data: {
      labels,
      datasets: [
        bar("with the function", [...shown.map(([began, ended]) => [began, ended]), none],
          shown.map((delivery) => colour(outcomeColours[delivery[4]])), { minBarLength: 7 }),
        bar(dispositions[message.disposition], [...shown.map(() => none), [end, end]], colour(endColour), { minBarLength: 7 }),
        bar("invisible", [...shown.map(([, ended, released]) => (released > ended ? [ended, released] : none)), none],
          colour("flight") + "66", { barPercentage: 0.4 }),
        bar("on the source", [...waits, none], colour("waiting"), { barPercentage: 0.15 }),
      ],
    },
    options: {
      animation: false,
      indexAxis: "y",
      responsive: true,
      maintainAspectRatio: false,
      scales: {
        // A little further, so that the mark of the end is in sight.
        x: timeScale("virtual time", { min: message.sent, max: message.sent + Math.max(1, (end - message.sent) * 1.03) }),
        y: { grid: { display: false } },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            label: (item) => {
              const [from, to] = item.raw;
              const outcome = item.datasetIndex === 0 ? `, handler ${outcomes[shown[item.dataIndex][4]]}` : "";
              return `${item.dataset.label}: ${duration(from)}` + (to > from ? ` to ${duration(to)}` : "") + outcome;
            },
          },
        },
      },
    },
  });
  byId("life-chart").setAttribute("aria-label", sentenceOf(message) + " The table shows the same.");
}

// ---- begin

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;

function drawAll() {
  Chart.defaults.color = colour("faint");
  drawOverTime();
  drawAmplification();
  drawLife(shown);
}

for (const [name, isKind] of kinds) {
  const number = lives.messages.filter(isKind).length;
  byId("kind").append(element("option", `${name} (${count(number)})`));
}
byId("even-time").addEventListener("change", drawOverTime);
byId("kind").addEventListener("change", listMessages);
byId("find").addEventListener("input", () => {
  const found = listMessages();
  if (found.length > 0 && byId("find").value.trim() !== "") showLife(found[0]);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

tellHead();
showViolation();
showNotes();
tellSummary();
const moreDelivered = (most, message) => (message.times_delivered > most.times_delivered ? message : most);
shown = lives.messages.find(isLost) ?? lives.messages.reduce(moreDelivered);
listMessages();
showLife(shown);
drawAll();

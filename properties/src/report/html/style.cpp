#include "style.hpp"

namespace batchproof::properties {

std::string_view style_sheet() noexcept {
  return R"css(
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2029; --faint: #5a6373; --line: #d9dde4; --code: #f0f2f5;
  --good: #12653a; --good-back: #e0f3e7; --bad: #a11728; --bad-back: #fde7e8; --bar: #4a77c9; --unsure: #7a4f00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151a; --card: #1a1f26; --ink: #e6e9ee; --faint: #a0a9b8; --line: #333b47; --code: #232a33;
    --good: #83dca5; --good-back: #173524; --bad: #ff9ca3; --bad-back: #451c22; --bar: #7ba4ee; --unsure: #f0c36a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
}
main, header { max-width: 66rem; margin: 0 auto; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: .8rem; margin: 0 0 .25rem; color: var(--faint); font-weight: 600; }
p { margin: 0 0 .75rem; }
code, pre {
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  font-size: .875em; unicode-bidi: isolate; overflow-wrap: anywhere;
}
pre {
  margin: 0; padding: .75rem; background: var(--code); border-radius: .4rem; font-size: .8125rem;
  white-space: pre-wrap; overflow: auto;
}
section {
  background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.25rem;
  margin-top: 1.25rem;
}
section.violated { border-top: .3rem solid var(--bad); }
.verdict { display: flex; gap: 1rem; align-items: center; }
.sign {
  flex: none; width: 3.25rem; height: 3.25rem; border-radius: 50%; font-size: 1.9rem; line-height: 3.25rem;
  text-align: center; font-weight: 700;
}
.good { color: var(--good); }
.bad { color: var(--bad); }
.sign.good { background: var(--good-back); }
.sign.bad { background: var(--bad-back); }
.sub { color: var(--faint); margin: .2rem 0 0; }
.sentence { color: var(--faint); }
.facts { display: flex; flex-wrap: wrap; gap: .6rem 2rem; margin: 1rem 0 0; }
.facts dt { font-size: .8rem; color: var(--faint); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.violations { list-style: none; margin: 0; padding: 0; }
.violations li {
  background: var(--bad-back); color: var(--bad); border-radius: .4rem; padding: .45rem .75rem;
  margin-bottom: .4rem; overflow-wrap: anywhere; font-weight: 500; max-height: 12rem; overflow-y: auto;
}
.violations li::before { content: "✗ "; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: .8rem; color: var(--faint); font-weight: 600; }
tbody th { font-weight: 500; }
.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
.state { white-space: nowrap; font-weight: 600; }
.state.none { color: var(--faint); }
.state.unsure { color: var(--unsure); }
.laws .n { display: block; font-size: .85rem; color: var(--faint); }
.laws .sentence { display: block; font-size: .85rem; font-weight: 400; }
.laws td { white-space: nowrap; }
.subject th { background: var(--code); font-weight: 600; }
.letter {
  display: inline-block; min-width: 1.5em; text-align: center; border-radius: .3rem; font-weight: 700;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; margin-right: 2px;
}
.letter.o { background: var(--good-back); color: var(--good); }
.letter.x { background: var(--bad-back); color: var(--bad); }
.index { color: var(--faint); font-variant-numeric: tabular-nums; margin-right: .35em; }
.group { border: 1px solid var(--line); border-radius: .3rem; padding: 0 .4em; }
.timeline th code { word-break: break-all; }
.timeline td { white-space: nowrap; }
.timeline .wrong, .timeline .next { white-space: normal; }
.lane {
  display: grid; grid-template-columns: repeat(var(--steps), minmax(3rem, 6rem)); gap: .25rem; overflow-x: auto;
  background: repeating-linear-gradient(90deg, var(--line) 0 3px, transparent 3px 8px) 0 50% / 100% 1px no-repeat;
}
.call {
  grid-row: 1; text-align: center; border-radius: .3rem; white-space: nowrap; padding: 0 .4rem;
  background: var(--good-back); color: var(--good); border: 1px solid currentColor;
}
.call.threw { background: var(--bad-back); color: var(--bad); }
.never {
  grid-column: 1 / -1; justify-self: start; background: var(--card); color: var(--faint); padding-right: .5rem;
}
.note { font-size: .875rem; color: var(--faint); margin: .5rem 0 0; overflow-wrap: anywhere; }
.wrong { display: block; color: var(--bad); font-weight: 600; font-size: .875rem; margin-top: .2rem; }
.answers { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-top: 1rem; }
.answers > div { min-width: 0; }
.answers pre { max-height: 22rem; word-break: break-all; }
.answers pre > span { word-break: normal; }
mark { background: var(--bad-back); color: var(--bad); font-weight: 600; border-radius: .2rem; padding: 0 .15em; }
.remark { color: var(--bad); font-family: system-ui, "Liberation Sans", Arial, sans-serif; }
details { margin-top: 1.25rem; }
summary { cursor: pointer; font-weight: 600; margin-bottom: .5rem; }
details pre { max-height: 32rem; }
.command { user-select: all; border-left: .25rem solid var(--bar); }
.charts { columns: 3 16rem; column-gap: 2.5rem; }
.chart { break-inside: avoid; margin-bottom: 1.5rem; }
.chart caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
.chart th, .chart td { border: 0; padding: .1rem .4rem .1rem 0; line-height: 1.35; vertical-align: middle; }
.chart th { font-weight: 400; white-space: nowrap; width: 1%; padding-right: .8rem; }
.chart .n { width: 1%; text-align: right; padding: 0 0 0 .5rem; }
.bar { display: block; height: .8rem; background: var(--bar); border-radius: 0 .2rem .2rem 0; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 44rem) {
  body { padding-top: 1rem; }
  h1 { font-size: 1.5rem; }
  section { padding: 1rem; }
  .answers { grid-template-columns: 1fr; }
  .cards thead { display: none; }
  .cards, .cards tbody, .cards tr { display: block; }
  .cards tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  .cards th, .cards td { display: block; border: 0; padding: .15rem 0; }
  .cards td { position: relative; padding-left: 6rem; min-height: 1.75rem; }
  .cards td::before {
    content: attr(data-label); position: absolute; left: 0; color: var(--faint); font-size: .85rem; line-height: 1.75;
  }
  .cards td:empty { display: none; }
  .laws .n { display: inline; }
}
)css";
}

}  // namespace batchproof::properties

// Many captures at a glance: counts, confidence, hosts, speed, and the least sure pages first.

// Lower edges of the bins: narrower towards 1, where most pages lie and where a doubt still tells.
const EDGES = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995];
const MOST_HOSTS = 12;
const ROW = 26;

function summaryPane() {
  const pages = overview.pages;
  const sums = (values) => values.reduce((total, value) => total + value, 0);
  const seconds = sums(pages.map((page) => page.seconds));
  const bytes = sums(pages.map((page) => page.bytes));
  const blocks = tally(pages.flatMap((page) => Object.entries(page.labels)));
  return h('div', { class: 'summary' },
    h('h1', {}, plural(pages.length, 'capture')),
    h('dl', { class: 'tiles' },
      tile('blocks', count(sums([...blocks.values()]))),
      tile('without main content', count(pages.filter((page) => page.empty_because).length)),
      tile('not cleaned', count(overview.failures.length)),
      tile('median confidence', median(pages.map((page) => page.confidence)).toFixed(3)),
      tile('pages a second of CPU', seconds ? count(Math.round(pages.length / seconds)) : '–'),
      tile('MB a second of CPU', seconds ? (bytes / 1e6 / seconds).toFixed(1) : '–'),
      tile('median ms a page', (1000 * median(pages.map((page) => page.seconds))).toFixed(1))),
    h('div', { class: 'charts' },
      card('Confidence of the pages', histogram(pages.map((page) => page.confidence))),
      card('Page types', bars(sorted(tally(pages.map((page) => [page.page_type, 1]))))),
      card('Blocks by label', bars(overview.labels.map((label) => [label, blocks.get(label) ?? 0]), (label) => label)),
      card('Hosts', bars(sorted(tally(pages.map((page) => [page.host ?? 'no address', 1]))).slice(0, MOST_HOSTS)))),
    failures(), pageTable());
}

function tile(name, value) {
  return h('div', { class: 'tile' }, h('dt', {}, name), h('dd', {}, value));
}

function card(title, chart) {
  return h('figure', { class: 'card' }, h('figcaption', {}, title), chart);
}

function tally(pairs) {
  const counts = new Map();
  for (const [name, number] of pairs) counts.set(name, (counts.get(name) ?? 0) + number);
  return counts;
}

function sorted(counts) {
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function median(values) {
  if (!values.length) return 0;
  const ordered = [...values].sort((a, b) => a - b);
  const middle = ordered.length >> 1;
  return ordered.length % 2 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}

/** Return horizontal bars with their names and numbers. */
function bars(pairs, labelOf = () => null) {
  const largest = Math.max(1, ...pairs.map(([, number]) => number));
  const words = pairs.map(([name, number]) => `${name}: ${number}`).join(', ');
  return svg('svg', { role: 'img', 'aria-label': words, height: pairs.length * ROW }, pairs.map(([name, number], place) => {
    const top = place * ROW;
    return svg('g', { 'data-label': labelOf(name) },
      svg('text', { x: 0, y: top + 17 }, shortened(name)),
      svg('rect', { class: 'ground', x: '42%', y: top + 6, width: '44%', height: 13, rx: 2 }),
      svg('rect', { x: '42%', y: top + 6, width: `${(44 * number) / largest}%`, height: 13, rx: 2 }),
      svg('text', { x: '100%', y: top + 17, 'text-anchor': 'end', class: 'quiet' }, count(number)));
  }));
}

function shortened(name) {
  return name.length > 20 ? `${name.slice(0, 19)}…` : name;
}

/** Return columns of how many pages have which confidence. */
function histogram(values) {
  const counts = EDGES.map((edge, bin) => values.filter((value) => value >= edge && value < (EDGES[bin + 1] ?? Infinity)).length);
  const largest = Math.max(1, ...counts);
  const height = 150;
  const wide = 100 / EDGES.length;
  const words = counts.map((number, bin) => `from ${EDGES[bin]}: ${number}`).join(', ');
  return svg('svg', { role: 'img', 'aria-label': words, height: height + 40 }, counts.map((number, bin) => {
    const tall = (height * number) / largest;
    const middle = `${(bin + 0.5) * wide}%`;
    return svg('g', {},
      svg('rect', { class: 'ground', x: `${bin * wide + 0.6}%`, y: 18 + height - 2, width: `${wide - 1.2}%`, height: 2 }),
      svg('rect', { x: `${bin * wide + 0.6}%`, y: 18 + height - tall, width: `${wide - 1.2}%`, height: tall, rx: 2 }),
      number ? svg('text', { x: middle, y: 13 + height - tall, 'text-anchor': 'middle' }, count(number)) : null,
      svg('text', { x: middle, y: height + 36, 'text-anchor': 'middle', class: 'quiet' }, bin ? `≥${String(EDGES[bin]).slice(1)}` : '<.5'));
  }));
}

function failures() {
  if (!overview.failures.length) return null;
  return h('section', { class: 'card' }, h('h2', {}, 'Not cleaned'),
    h('ul', {}, overview.failures.map(({ file, reason }) => h('li', {}, ...shown(file), ': ', ...shown(reason)))));
}

function pageTable() {
  const order = overview.pages.map((page, number) => ({ page, number })).sort((a, b) => a.page.confidence - b.page.confidence);
  const wanted = view.wanted;
  const found = order.filter(({ page }) => !wanted || `${page.file}\n${page.title ?? ''}\n${page.host ?? ''}`.toLowerCase().includes(wanted));
  const withGold = overview.pages.some((page) => page.differences !== null);
  return h('section', { class: 'card', id: 'page-table' }, h('h2', {}, wanted ? `Pages with “${wanted}”: ${count(found.length)}` : 'Pages, the least sure first'),
    h('table', { class: 'pages' },
      h('thead', {}, h('tr', {}, ['Page', 'Type', 'Confidence', withGold ? 'Differences' : null, 'ms'].filter(Boolean).map((name) =>
        h('th', { scope: 'col', class: ['Confidence', 'Differences', 'ms'].includes(name) ? 'right' : null }, name)))),
      h('tbody', {}, found.map(({ page, number }) => h('tr', {},
        h('td', {}, h('a', { href: `#${number}` }, pageText('bdi', {}, page.title ?? page.file, wanted)),
          h('div', { class: 'muted small' }, ...shown(page.file, wanted), page.host ? [' – ', ...shown(page.host, wanted)] : null), warned(page)),
        h('td', {}, page.page_type.replace('_', ' '), page.empty_because ? h('div', { class: 'small muted' }, page.empty_because) : null),
        h('td', { class: 'right', 'data-name': 'confidence' }, page.confidence.toFixed(3)),
        withGold ? h('td', { class: 'right', 'data-name': 'differences' }, page.differences === null ? '' : count(page.differences)) : null,
        h('td', { class: 'right', 'data-name': 'ms' }, (page.seconds * 1000).toFixed(1)))))));
}

function warned(page) {
  return page.warnings ? h('div', { class: 'small flag' }, `${plural(page.warnings, 'site rule')} without a match`) : null;
}

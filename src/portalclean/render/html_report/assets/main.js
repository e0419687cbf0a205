// The frame: the bar above, the legend, and which page is shown.

const THEMES = ['auto', 'light', 'dark'];

function drawBar() {
  const page = view.page;
  const several = overview.pages.length > 1;
  const corrected = correctedPages();
  const tools = [h('input', { type: 'search', id: 'search', placeholder: 'Search', 'aria-label': page ? 'Search the blocks' : 'Search the pages', oninput: (event) => search(event.target.value) })];
  if (page) tools.push(h('button', { type: 'button', id: 'download', class: corrections(page) ? 'main' : null, onclick: () => { download([page]); drawBar(); } }, 'Download gold'));
  if (several && corrected.length) {
    tools.push(h('button', { type: 'button', id: 'download-all', onclick: () => { download(corrected); drawBar(); } }, `All corrected (${corrected.length})`));
  }
  tools.push(h('button', { type: 'button', id: 'theme', onclick: nextTheme, 'aria-label': 'Theme' }, document.documentElement.dataset.theme));
  tools.push(h('button', { type: 'button', 'aria-label': 'Help', id: 'help-button', onclick: () => document.getElementById('help').showModal() }, '?'));
  const name = page ? h('span', { class: 'name' }, several ? h('a', { href: '#', id: 'to-summary' }, '← Summary') : null, h('span', { title: page.summary.file }, ...shown(page.summary.file.split('/').at(-1))),
    corrections(page) ? h('span', { class: 'brand', id: 'changes' }, plural(corrections(page), 'correction')) : null)
    : h('span', { class: 'name' }, 'portalclean ', h('span', { class: 'brand' }, overview.version));
  document.getElementById('bar').replaceChildren(name, ...tools);
  document.getElementById('search').value = view.wanted;
}

function nextTheme() {
  const root = document.documentElement;
  root.dataset.theme = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
  document.getElementById('theme').textContent = root.dataset.theme;
}

function drawLegend() {
  const page = view.page;
  const counts = tally(page.labels.map((label) => [label, 1]));
  const chips = overview.labels.filter((label) => counts.has(label)).map((label) => h('button', {
    type: 'button', class: 'chip', 'data-label': label, 'aria-pressed': String(!view.hiddenLabels.has(label)), onclick: (event) => toggleLabel(label, event.shiftKey),
  }, label, h('span', { class: 'number' }, count(counts.get(label)))));
  const kinds = [['all', 'all blocks'], ['doubtful', 'doubtful ones'], ['corrected', 'corrected ones']];
  if (page.gold) kinds.splice(2, 0, ['differing', 'other than the gold']);
  const only = h('select', { id: 'only', 'aria-label': 'Show', onchange: (event) => { view.only = event.target.value; sift(); } },
    kinds.map(([value, words]) => h('option', { value }, words)));
  only.value = view.only;
  document.getElementById('legend').replaceChildren(...chips,
    h('button', { type: 'button', class: 'plain', id: 'all-labels', onclick: () => { view.hiddenLabels.clear(); drawLegend(); sift(); } }, 'show all'),
    h('span', { class: 'choice' }, only,
      h('button', { type: 'button', id: 'reasons', 'aria-pressed': String(view.reasons), onclick: toggleReasons }, 'All reasons')));
}

function toggleLabel(label, alone) {
  const others = overview.labels.filter((each) => each !== label);
  if (alone) view.hiddenLabels = new Set(others);
  else if (!view.hiddenLabels.delete(label)) view.hiddenLabels.add(label);
  drawLegend();
  sift();
  document.querySelector(`.chip[data-label="${label}"]`)?.focus();
}

function toggleReasons() {
  view.reasons = !view.reasons;
  document.getElementById('reasons').setAttribute('aria-pressed', String(view.reasons));
  document.querySelector('.page').classList.toggle('quiet-reasons', !view.reasons);
}

/** Show what has these words, case aside; an empty text ends the search. */
function search(text) {
  view.wanted = text.trim().toLowerCase();
  const box = document.getElementById('search');
  if (box.value !== text) box.value = text;
  if (!view.page) document.getElementById('page-table').replaceWith(pageTable());
  else if (rows.length) {
    const found = sift(true);
    if (view.wanted) say(`${plural(found, 'block')} found`);
  }
}

function afterCorrection(page) {
  page.saved = false;
  const focused = document.activeElement?.id;
  drawBar();
  drawLegend();
  if (focused) document.getElementById(focused)?.focus();
}

function showPane(name) {
  document.querySelector('.page').dataset.pane = name;
  for (const button of document.querySelectorAll('.panes button')) button.setAttribute('aria-pressed', String(button.dataset.pane === name));
}

function drawPage(number) {
  const page = load(number);
  view.page = page;
  view.hiddenLabels.clear();
  view.only = 'all';
  document.title = `${page.summary.file} – portalclean`;
  const panes = [['blocks', 'Blocks'], ['result', 'Article']].map(([pane, words]) => h('button', { type: 'button', 'data-pane': pane, 'aria-pressed': String(pane === 'blocks'), onclick: () => showPane(pane) }, words));
  document.getElementById('main').replaceChildren(
    h('div', { class: 'legend', id: 'legend', role: 'group', 'aria-label': 'Labels' }),
    page.warnings.length ? h('div', { class: 'warnings' }, h('strong', {}, 'Site rules that match nothing here'), h('ul', {}, page.warnings.map((words) => h('li', {}, ...shown(words))))) : '',
    h('div', { class: 'panes', role: 'group', 'aria-label': 'Part' }, panes),
    h('div', { class: view.reasons ? 'page' : 'page quiet-reasons', 'data-pane': 'blocks' }, accountPane(page), resultPane(page)));
  drawLegend();
}

function drawSummary() {
  view.page = null;
  document.title = `${plural(overview.pages.length, 'capture')} – portalclean`;
  document.getElementById('main').replaceChildren(summaryPane());
}

/** Show what the address says: #3 is the fourth page, #3.17 a block of it, nothing is the summary. */
function route() {
  const [number, block] = location.hash.slice(1).split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : -1));
  const several = overview.pages.length !== 1;
  view.wanted = '';
  if (number >= 0 && number < overview.pages.length) drawPage(number);
  else if (several) drawSummary();
  else drawPage(0);
  drawBar();
  window.scrollTo(0, 0);
  if (block >= 0 && view.page) reveal(block);
}

drawHelp();
window.addEventListener('hashchange', route);
route();

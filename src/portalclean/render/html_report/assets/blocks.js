// The account of the whole page: every block in order, to move through, to filter and to label anew.

const MOST_ROWS = 20000;
const rows = [];
const selection = { current: -1, anchor: -1 };

function accountPane(page) {
  rows.length = 0;
  selection.current = selection.anchor = -1;
  const drawn = page.blocks.slice(0, MOST_ROWS);
  const items = drawn.map((block, index) => {
    const row = h('li', { class: 'block', id: `block-${index}`, tabindex: -1, 'data-index': index, 'data-hidden': block.hidden || null });
    rows.push(row);
    fillRow(page, index);
    return row;
  });
  const more = page.blocks.length - drawn.length;
  return h('section', { class: 'account', 'aria-label': 'Blocks' },
    h('ol', { class: 'blocks', onclick: clicked }, items),
    h('p', { class: 'end', id: 'none-shown', hidden: true }, 'No block is shown: the legend, the choice beside it or the search hides them all.'),
    more > 0 ? h('p', { class: 'end' }, `${count(more)} more blocks are not drawn here; they are part of the gold.`) : null,
    page.blocks.length ? null : h('p', { class: 'end' }, 'The page has no text.'));
}

/** Draw a block's row anew: its label may have changed, or what is searched for. */
function fillRow(page, index) {
  const block = page.blocks[index];
  const label = page.labels[index];
  const gold = goldLabel(page, index);
  const row = rows[index];
  row.dataset.label = label;
  row.classList.toggle('asks', isDoubtful(block) || differs(page, index) || isMended(page, index));
  const flags = [];
  if (isMended(page, index)) flags.push(h('span', { class: 'flag mended' }, `was ${block.label}`));
  if (gold !== null && gold !== label) flags.push(h('span', { class: 'flag differs' }, `≠ gold: ${gold}`));
  if (block.hidden) flags.push(h('span', { class: 'flag' }, 'hidden'));
  if (block.origin !== 'page') flags.push(h('span', { class: 'flag' }, `from ${block.origin}`));
  const sure = h('span', { class: isDoubtful(block) ? 'sure low' : 'sure', title: 'confidence' }, block.confidence.toFixed(2));
  row.replaceChildren(
    h('div', { class: 'meta' }, h('span', { class: 'tag' }, label), sure, flags),
    pageText('p', { class: 'words', lang: page.record.language }, block.text, view.wanted),
    h('p', { class: 'reason' }, ...shown(block.reason)));
}

function isShown(page, index) {
  const block = page.blocks[index];
  if (view.hiddenLabels.has(page.labels[index])) return false;
  if (view.only === 'doubtful' && !isDoubtful(block)) return false;
  if (view.only === 'differing' && !differs(page, index)) return false;
  if (view.only === 'corrected' && !isMended(page, index)) return false;
  return !view.wanted || block.text.toLowerCase().includes(view.wanted);
}

/** Show the rows that the legend, the choice beside it and the search let through. */
function sift(redraw = false) {
  const page = view.page;
  let shownRows = 0;
  rows.forEach((row, index) => {
    if (redraw) fillRow(page, index);
    row.hidden = !isShown(page, index);
    if (!row.hidden) shownRows += 1;
  });
  document.getElementById('none-shown').hidden = shownRows > 0 || !rows.length;
  if (redraw && selection.current >= 0) select(selection.current, selection.anchor);
  return shownRows;
}

function clicked(event) {
  const row = event.target.closest('.block');
  if (!row || event.target.closest('.tools, a, button')) return;
  // Text that is being selected with the pointer is left alone.
  if (String(window.getSelection()) && !event.shiftKey) return;
  const index = Number(row.dataset.index);
  select(index, event.shiftKey && selection.anchor >= 0 ? selection.anchor : index);
  row.focus({ preventScroll: true });
}

/** Select the blocks from the anchor to this one. */
function select(index, anchor = index) {
  document.querySelector('.tools')?.remove();
  for (const row of document.querySelectorAll('.block.chosen, .block.current')) {
    row.classList.remove('chosen', 'current');
    row.removeAttribute('aria-current');
    row.tabIndex = -1;
  }
  selection.current = index;
  selection.anchor = anchor;
  for (const each of selected()) rows[each].classList.add('chosen');
  const row = rows[index];
  row.classList.add('current');
  row.setAttribute('aria-current', 'true');
  row.tabIndex = 0;
  row.append(tools(view.page, index));
}

function selected() {
  const [first, last] = [selection.anchor, selection.current].sort((a, b) => a - b);
  const found = [];
  for (let index = Math.max(first, 0); index <= last; index += 1) if (!rows[index].hidden) found.push(index);
  return found;
}

function tools(page, index) {
  const block = page.blocks[index];
  const chosen = selected().filter((each) => !page.blocks[each].hidden);
  const place = block.path ?? (block.start === null ? '' : `characters ${count(block.start)} to ${count(block.end)}`);
  const picker = h('select', { id: 'label-picker', onchange: (event) => relabel(page, event.target.value) },
    overview.labels.map((label) => h('option', { value: label }, label)));
  picker.value = page.labels[index];
  return h('div', { class: 'tools' },
    h('span', { class: 'number' }, `block ${index}`),
    chosen.length ? h('label', {}, chosen.length > 1 ? `label of ${chosen.length} blocks` : 'label', picker)
      : h('span', { class: 'muted' }, 'hidden text is no part of gold'),
    chosen.some((each) => isMended(page, each)) ? h('button', { type: 'button', onclick: () => relabel(page, null) }, 'Undo') : null,
    h('code', {}, place));
}

/** Give the selected blocks a label; null gives them their own back. */
function relabel(page, label) {
  for (const index of selected()) {
    if (page.blocks[index].hidden) continue;
    page.labels[index] = label ?? page.blocks[index].label;
    fillRow(page, index);
  }
  afterCorrection(page);
  select(selection.current, selection.anchor);
  rows[selection.current].focus({ preventScroll: true });
}

/** Go to the next or previous shown block that fits. */
function step(direction, extend = false, fits = () => true) {
  const from = selection.current < 0 && direction < 0 ? rows.length : selection.current;
  for (let index = from + direction; index >= 0 && index < rows.length; index += direction) {
    if (!rows[index].hidden && fits(index)) {
      goTo(index, extend);
      return true;
    }
  }
  return false;
}

function goTo(index, extend = false) {
  select(index, extend && selection.anchor >= 0 ? selection.anchor : index);
  bring(rows[index], 'nearest');
  rows[index].focus({ preventScroll: true });
}

/** The row that stays in sight while the rows around it learn their heights, until the reader scrolls. */
let kept = null;
const settling = new ResizeObserver(() => { if (kept?.isConnected) kept.scrollIntoView({ block: 'nearest' }); });
for (const move of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
  addEventListener(move, () => { kept = null; }, { capture: true, passive: true });
}

/** Scroll a row into sight, and keep it there while the rows around it are laid out. */
function bring(row, block) {
  kept = row;
  row.scrollIntoView({ block });
  settling.disconnect();
  settling.observe(row.parentElement);
}

/** Show a block wherever it is, though the legend or the search hides it. */
function reveal(index) {
  if (index >= rows.length) return;
  showPane('blocks');
  if (rows[index].hidden) {
    view.hiddenLabels.clear();
    view.only = 'all';
    search('');
    drawLegend();
  }
  goTo(index);
  bring(rows[index], 'center');
}

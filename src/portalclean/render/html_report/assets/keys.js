// The keyboard, and the page that explains it.

const KEYS = [
  ['j', '↓', 'next block', () => step(1)],
  ['k', '↑', 'previous block', () => step(-1)],
  ['J', '', 'next block too: a run of blocks takes one label', () => step(1, true)],
  ['K', '', 'previous block too', () => step(-1, true)],
  ['d', '', 'next doubtful block, or one that differs from the gold', () => step(1, false, isDoubt) || say('No more doubtful blocks')],
  ['e', 'Enter', 'label of the block, or of the run', () => document.getElementById('label-picker')?.focus()],
  ['u', '', 'undo the label', () => selection.current >= 0 && relabel(view.page, null)],
  ['f', '', 'correct the fields', () => { showPane('result'); openForm(view.page); }],
  ['r', '', 'reasons on or off', toggleReasons],
  ['/', '', 'search', () => document.getElementById('search').focus()],
  ['[', '', 'previous page', () => turn(-1)],
  [']', '', 'next page', () => turn(1)],
  ['s', '', 'summary', () => { if (overview.pages.length > 1) location.hash = ''; }],
  ['?', '', 'this help', () => document.getElementById('help').showModal()],
];
const ARROWS = { ArrowDown: 'j', ArrowUp: 'k', Enter: 'e' };
const ANYWHERE = new Set(['/', '[', ']', 's', '?']);

function isDoubt(index) {
  return differs(view.page, index) || isDoubtful(view.page.blocks[index]);
}

function turn(direction) {
  const number = (view.page ? view.page.number : direction > 0 ? -1 : 0) + direction;
  if (number >= 0 && number < overview.pages.length) location.hash = String(number);
}

function drawHelp() {
  document.getElementById('help').replaceChildren(
    h('h2', { id: 'help-title' }, 'Keys'),
    h('dl', {}, KEYS.map(([key, other, words]) => [
      h('dt', {}, h('kbd', {}, key), other ? [' ', h('kbd', {}, other)] : null), h('dd', {}, words)]),
    h('dt', {}, h('kbd', {}, 'Esc')), h('dd', {}, 'end the search, leave a field')),
    h('p', {}, 'Click a label in the legend to hide its blocks; with Shift held, to show it alone. Shift and a click on a block selects a run.'),
    h('form', { method: 'dialog' }, h('button', { class: 'main', autofocus: true }, 'Close')));
}

document.addEventListener('keydown', (event) => {
  const field = event.target.closest('input, select, textarea');
  if (event.key === 'Escape' && field) {
    if (field.id === 'search') search('');
    field.blur();
    if (selection.current >= 0 && view.page) rows[selection.current].focus({ preventScroll: true });
    return;
  }
  if (field || event.ctrlKey || event.metaKey || event.altKey || document.getElementById('help').open) return;
  const key = ARROWS[event.key] ?? event.key;
  // Enter and the arrows keep their own meaning on what can be pressed and in what scrolls by itself.
  if (event.key in ARROWS && event.target.closest('button, a, summary, .result')) return;
  const found = KEYS.find(([name]) => name === key);
  if (!found || (!view.page && !ANYWHERE.has(key))) return;
  event.preventDefault();
  found[3]();
});

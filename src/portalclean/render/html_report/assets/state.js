// What the report knows and what the reader has changed.

const overview = JSON.parse(document.getElementById('overview').textContent).values;
const loaded = new Map();
const DOUBTFUL = 0.6;
const view = {
  page: null,
  hiddenLabels: new Set(),
  only: 'all',
  wanted: '',
  reasons: false,
};

/** Return a page with the reader's corrections, read from the file when it is first looked at. */
function load(number) {
  if (!loaded.has(number)) {
    const values = JSON.parse(document.getElementById(`page-${number}`).textContent).values;
    loaded.set(number, {
      ...values,
      number,
      summary: overview.pages[number],
      blocks: values.record.blocks,
      labels: values.record.blocks.map((block) => block.label),
      fields: null,
      saved: true,
    });
  }
  return loaded.get(number);
}

function isMended(page, index) {
  return page.labels[index] !== page.blocks[index].label;
}

/** Return how many blocks and field forms the reader has changed. */
function corrections(page) {
  return page.labels.filter((label, index) => label !== page.blocks[index].label).length + (page.fields ? 1 : 0);
}

function correctedPages() {
  return [...loaded.values()].filter((page) => corrections(page) > 0).sort((a, b) => a.number - b.number);
}

function goldLabel(page, index) {
  return page.gold ? page.gold.labels[index] : null;
}

function differs(page, index) {
  const gold = goldLabel(page, index);
  return gold !== null && gold !== page.labels[index];
}

function isDoubtful(block) {
  return block.confidence < DOUBTFUL;
}

window.addEventListener('beforeunload', (event) => {
  if (correctedPages().some((page) => !page.saved)) event.preventDefault();
});

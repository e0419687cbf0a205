// The article as a typed result, beside the blocks that it was made of.

const FIELDS = [
  'authors', 'credits', 'source', 'published', 'modified', 'captured', 'breadcrumbs', 'keywords', 'language',
  'site_name', 'url', 'description', 'image', 'next_page', 'encoding',
];
const WITH_EVIDENCE_ABOVE = ['title', 'subtitle'];
const APART = ['text', 'recommendations', 'comments'];
const DATED = new Set(['published', 'modified']);

function resultPane(page) {
  const record = page.record;
  return h('article', { class: 'result', 'aria-label': 'Article' },
    facts(page),
    pageText('h2', { class: 'headline', lang: record.language }, record.title ?? 'No title'),
    record.subtitle ? pageText('p', { class: 'subtitle', lang: record.language }, record.subtitle) : null,
    WITH_EVIDENCE_ABOVE.map((name) => evidence(page, name)),
    goldValue(page, 'title'),
    h('section', { id: 'fields' }, h('h3', { class: 'part' }, h('span', {}, 'Fields'),
      h('button', { class: 'plain', type: 'button', id: 'correct-fields', onclick: () => openForm(page) }, 'Correct')),
    h('dl', { class: 'fields' }, FIELDS.map((name) => field(page, name)), otherEvidence(page))),
    body(page), recommendations(page), comments(page));
}

function facts(page) {
  const record = page.record;
  const parts = [
    h('span', {}, 'page type ', h('strong', {}, record.page_type)),
    h('span', {}, 'confidence ', h('strong', { class: 'number' }, record.confidence.toFixed(3))),
    h('span', {}, 'read as ', h('strong', {}, page.kind)),
    h('span', { class: 'number' }, `${(page.summary.seconds * 1000).toFixed(1)} ms, ${count(page.summary.bytes)} bytes`),
  ];
  if (record.empty_because) parts.unshift(h('strong', {}, `no main content: ${record.empty_because}`));
  return h('p', { class: 'facts' }, parts);
}

function field(page, name) {
  const value = fieldValue(page.record, name);
  const pieces = evidence(page, name);
  const gold = goldValue(page, name);
  if (value === null && !pieces && !gold && !['authors', 'source', 'published'].includes(name)) return null;
  return [h('dt', {}, name.replace('_', ' ')),
    h('dd', { 'data-field': name }, value ?? h('span', { class: 'none' }, 'none'), gold, pieces)];
}

function fieldValue(record, name) {
  const value = record[name];
  if (value === null || value.length === 0) return null;
  if (name === 'credits') return h('span', {}, value.map((credit, place) => [place ? ', ' : '', pageText('bdi', {}, credit.name), ` (${credit.role})`]));
  if (name === 'breadcrumbs') return pageText('span', { lang: record.language }, value.join(' › '));
  if (Array.isArray(value)) return pageText('span', { lang: record.language }, value.join('; '));
  if (name === 'encoding') return record.replacements ? `${value}, ${plural(record.replacements, 'replacement')}` : value;
  if (DATED.has(name)) return dated(record, name);
  if (name === 'captured') return h('span', { class: 'number' }, value.replace('T', ' '));
  if (['url', 'image', 'next_page'].includes(name)) return address(value);
  return pageText('span', { lang: name === 'description' ? record.language : null }, value);
}

function dated(record, name) {
  const zone = { page: 'zone stated by the page', site: 'zone assumed from the host', none: 'no zone' }[record[`${name}_zone`]];
  const under = `to the ${record[`${name}_precision`]}, ${zone}`;
  return h('span', {}, h('span', { class: 'number' }, record[name].replace('T', ' ')), ' ', h('span', { class: 'muted small' }, under,
    record[`${name}_raw`] ? [', from “', pageText('bdi', {}, record[`${name}_raw`]), '”'] : []));
}

function goldValue(page, name) {
  const gold = page.gold?.fields[name];
  if (!gold || (gold.agrees && !gold.gold)) return null;
  if (gold.agrees) return h('span', { class: 'gold' }, '✓ as in the gold');
  return h('span', { class: 'gold differs' }, '≠ gold: ', gold.gold ? pageText('bdi', {}, gold.gold) : 'none');
}

function evidence(page, name) {
  const pieces = page.record.evidence.filter((piece) => piece.field === name);
  if (!pieces.length) return null;
  const lost = pieces.filter((piece) => !piece.chosen).length;
  return h('details', { class: 'evidence', 'data-evidence': name },
    h('summary', {}, lost ? `why, and ${plural(lost, 'candidate')} that lost` : 'why'),
    h('ul', {}, pieces.map((piece) => h('li', { class: piece.chosen ? 'won' : 'lost' },
      pageText('bdi', {}, piece.raw), ' – ', ...shown(piece.reason), ' – ', place(piece)))));
}

function place(piece) {
  if (piece.block === null) return 'in the head';
  return h('button', { class: 'plain', type: 'button', onclick: () => reveal(piece.block) }, `block ${piece.block}`);
}

/** Evidence of fields that the list above does not have: it belongs to no value that is shown there. */
function otherEvidence(page) {
  const known = new Set([...FIELDS, ...WITH_EVIDENCE_ABOVE, ...APART, 'site_rules']);
  const names = [...new Set(page.record.evidence.map((piece) => piece.field))].filter((name) => !known.has(name));
  return names.map((name) => [h('dt', {}, name.replace('_', ' ')), h('dd', {}, evidence(page, name))]);
}

function body(page) {
  const record = page.record;
  return h('section', {}, h('h3', { class: 'part' }, h('span', {}, 'Body'), h('span', { class: 'number' }, plural(record.body.length, 'block'))),
    evidence(page, 'text'),
    h('div', { class: 'text', lang: record.language },
      record.body.length ? record.body.map(bodyBlock) : h('p', { class: 'none' }, 'none')));
}

function bodyBlock(block) {
  switch (block.type) {
    case 'heading': return pageText('h4', {}, block.text);
    case 'quote': return pageText('blockquote', {}, block.text);
    case 'code': return pageText('pre', {}, block.text);
    case 'list_item': return listItem(block);
    case 'table': return h('div', { class: 'rows', tabindex: 0 }, h('table', {}, h('tbody', {},
      block.rows.map((row) => h('tr', {}, row.map((cell) => pageText('td', {}, cell)))))));
    case 'image': return h('p', { class: 'picture' }, 'Picture ', pageText('bdi', {}, block.caption ?? block.alt ?? ''), ' ',
      block.url ? address(block.url, 'address') : null);
    default: return pageText('p', {}, block.text);
  }
}

function listItem(block) {
  const item = pageText('p', { class: block.ordered ? 'item ordered' : 'item' }, block.text);
  item.style.setProperty('--level', String(Math.min(block.level, 6)));
  return item;
}

function recommendations(page) {
  const items = page.record.recommendations;
  if (!items.length) return null;
  const headings = [...new Set(items.map((item) => item.heading))];
  return h('section', {}, h('h3', { class: 'part' }, h('span', {}, 'Recommendations'), h('span', { class: 'number' }, count(items.length))),
    evidence(page, 'recommendations'),
    headings.map((heading) => [
      heading ? pageText('p', { class: 'heading' }, heading) : null,
      h('ul', { class: 'items recommendations' }, items.filter((item) => item.heading === heading).map((item) => h('li', { dir: 'auto' },
        item.url ? address(item.url, item.title) : h('span', {}, ...shown(item.title)),
        item.source || item.time ? h('span', { class: 'under' }, ...shown([item.source, item.time?.replace('T', ' ')].filter(Boolean).join(', '))) : null))),
    ]));
}

function comments(page) {
  const record = page.record;
  if (!record.comments.length) return null;
  return h('section', {}, h('h3', { class: 'part' }, h('span', {}, 'Comments'), h('span', { class: 'number' }, count(record.comments.length))),
    evidence(page, 'comments'),
    h('ul', { class: 'items' }, record.comments.map((comment) => h('li', { dir: 'auto' },
      pageText('span', {}, comment.text),
      h('span', { class: 'under' }, ...shown([comment.author, comment.time?.replace('T', ' ')].filter(Boolean).join(', ')))))));
}

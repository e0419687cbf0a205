// A corrected page as a gold record: a label for every line of its text, and its fields.

const PRECISIONS = { year: 4, month: 7, day: 10, minute: 16, second: 19 };

/** Return the page's shown blocks as the lines of a text, and the labels as ranges over these lines. */
function goldLines(page) {
  const texts = [];
  const labels = [];
  let line = 0;
  page.blocks.forEach((block, index) => {
    if (block.hidden) return;
    const name = overview.short_names[page.labels[index]] ?? page.labels[index];
    const first = line + 1;
    line += block.text.split('\n').length;
    const before = labels.at(-1);
    if (before && before[2] === name) before[1] = line;
    else labels.push([first, line, name]);
    texts.push(block.text);
  });
  return { text: texts.join('\n'), labels };
}

/** Return the fields as gold has them, from what was extracted. */
function extractedFields(page) {
  const record = page.record;
  const credited = record.credits.map(({ name, role }) => ({ name, role }));
  const others = record.authors.filter((name) => !credited.some((credit) => credit.name === name));
  const day = goldMoment(record);
  const won = record.evidence.find((piece) => piece.field === 'published' && piece.chosen);
  const inHead = day !== null && won !== undefined && won.block === null;
  return {
    page_kind: record.page_type,
    title: record.title,
    subtitle: record.subtitle,
    authors: [...others.map((name) => ({ name, role: 'author' })), ...credited],
    source: record.source,
    published: inHead ? null : day,
    published_html: inHead ? day : null,
    section: record.breadcrumbs,
    recommendations: record.recommendations.length,
    keywords: record.keywords,
    note: '',
  };
}

/** Return the date as precise as the page shows it, its zone only where the page states one. */
function goldMoment(record) {
  if (!record.published) return null;
  const zone = record.published_zone === 'page' ? record.published.slice(10).match(/[+-]\d\d:\d\d$/)?.[0] ?? '' : '';
  const cut = record.published.slice(0, PRECISIONS[record.published_precision] ?? 19);
  return cut.length > 10 ? cut + zone : cut;
}

function goldRecord(page) {
  const { text, labels } = goldLines(page);
  const { page_kind, subtitle, published_html, note, ...fields } = page.fields ?? extractedFields(page);
  if (subtitle) fields.subtitle = subtitle;
  if (published_html) fields.published_html = published_html;
  const record = {
    page: page.summary.name,
    site: page.summary.host,
    url: page.record.url,
    page_kind,
    lang: page.record.language ?? 'und',
    labels,
    fields,
    note,
    made_by: `portalclean report ${overview.version}`,
    text,
  };
  if (page.capture) record.html_gzip = page.capture;
  return record;
}

function download(pages) {
  const lines = pages.map((page) => `${JSON.stringify(goldRecord(page))}\n`);
  const file = URL.createObjectURL(new Blob(lines, { type: 'application/x-ndjson' }));
  const name = pages.length === 1 ? pages[0].summary.name : 'corrected';
  h('a', { href: file, download: `${name}.gold.jsonl` }).click();
  setTimeout(() => URL.revokeObjectURL(file), 10000);
  for (const page of pages) page.saved = true;
  say(`${plural(pages.length, 'page')} written as gold`);
}

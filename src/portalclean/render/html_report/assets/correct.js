// The form in which a reader corrects the fields.

const MOMENT = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;
const list = (text, separator) => text.split(separator).map((part) => part.trim()).filter(Boolean);

// Name, label, hint, how a value is written and how it is read; reading throws what is wrong in words.
const FORM = [
  ['title', 'Title', '', plainWritten, plainRead],
  ['subtitle', 'Subtitle', '', plainWritten, plainRead],
  ['authors', 'People', 'one a line: name | role', (people) => people.map(({ name, role }) => `${name} | ${role}`).join('\n'), peopleRead, 'textarea'],
  ['source', 'Source', '', plainWritten, plainRead],
  ['published', 'Published', 'as the page shows it: 2021-02-18T07:02, 2021-02-18, 2021-02', plainWritten, momentRead],
  ['published_html', 'Published (head)', 'where only the head states it', plainWritten, momentRead],
  ['section', 'Breadcrumbs', 'parts, with > between', (parts) => parts.join(' > '), (text) => list(text, '>')],
  ['keywords', 'Keywords', 'with ; between', (words) => words.join('; '), (text) => list(text, /[;；]/)],
  ['recommendations', 'Recommended items', '', String, countRead],
  ['page_kind', 'Page type', '', plainWritten, plainRead, 'select'],
  ['note', 'Note', 'what could be argued', plainWritten, (text) => text.trim(), 'textarea'],
];

function plainWritten(value) { return value ?? ''; }
function plainRead(text) { return text.trim() || null; }

function momentRead(text) {
  const value = text.trim();
  if (!value) return null;
  if (!MOMENT.test(value)) throw new Error('not a date of the form 2021-02-18T07:02');
  const day = value.slice(0, 10);
  const real = new Date(`${(`${day}-01-01`).slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(real.getTime()) || !real.toISOString().startsWith(day)) throw new Error('there is no such day');
  if (value.length > 10 && Number.isNaN(new Date(value).getTime())) throw new Error('there is no such time');
  return value;
}

function peopleRead(text) {
  return list(text, '\n').map((line) => {
    const [name, role = 'author'] = list(line, '|');
    if (!name) throw new Error('a line without a name');
    if (!overview.roles.includes(role)) throw new Error(`no role “${role}”; there are: ${overview.roles.join(', ')}`);
    return { name, role };
  });
}

function countRead(text) {
  if (!/^\d{1,9}$/.test(text.trim())) throw new Error('not a number');
  return Number(text);
}

function openForm(page) {
  const values = page.fields ?? extractedFields(page);
  const inputs = new Map();
  const rows = FORM.map(([name, title, hint, written, , tag = 'input']) => {
    const input = h(tag, { id: `field-${name}`, name, dir: 'auto' }, tag === 'select' ? overview.page_kinds.map((kind) => h('option', {}, kind)) : []);
    input.value = written(values[name]);
    inputs.set(name, input);
    return [h('label', { for: input.id }, title), input, hint ? h('p', { class: 'hint' }, hint) : null, h('p', { class: 'error', id: `error-${name}`, role: 'alert' })];
  });
  const form = h('form', { class: 'form', novalidate: true, onsubmit: (event) => { event.preventDefault(); keep(page, inputs); } }, rows,
    h('div', {}), h('div', {}, h('button', { class: 'main', type: 'submit', id: 'keep-fields' }, 'Keep'), ' ',
      h('button', { type: 'button', onclick: closeForm }, 'Cancel'), ' ',
      page.fields ? h('button', { type: 'button', onclick: () => { page.fields = null; afterCorrection(page); closeForm(); } }, 'Back to what was extracted') : null));
  document.getElementById('fields').replaceChildren(h('h3', { class: 'part' }, 'Correct the fields'), form);
  inputs.get('title').focus();
}

function closeForm() {
  const old = document.querySelector('.result');
  old.replaceWith(resultPane(view.page));
}

function keep(page, inputs) {
  const values = {};
  let wrong = null;
  for (const [name, , , , read] of FORM) {
    const input = inputs.get(name);
    const place = document.getElementById(`error-${name}`);
    try {
      values[name] = read(input.value);
      place.textContent = '';
      input.removeAttribute('aria-invalid');
    } catch (error) {
      place.textContent = error.message;
      input.setAttribute('aria-invalid', 'true');
      wrong ??= input;
    }
  }
  if (wrong) {
    wrong.focus();
    return;
  }
  page.fields = values;
  afterCorrection(page);
  closeForm();
  say('The fields are kept; download the page to have them as gold');
}

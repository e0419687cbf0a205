// Elements made without markup: what a page says reaches the report as text nodes, never as HTML.

const SVG = 'http://www.w3.org/2000/svg';
// Controls, direction marks and invisible characters: written out, so that text cannot pass for other text.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const LONGEST_SHOWN = 4000;

/** Return an element with these attributes (on… is a listener, class and data- as they are) and children. */
function h(tag, attributes = {}, ...children) {
  return furnished(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return furnished(document.createElementNS(SVG, tag), attributes, children);
}

function furnished(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Return page text as nodes, unseen characters written out and the hits of a search marked. */
function shown(text, wanted = '') {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(UNSEEN)) {
    nodes.push(...marked(text.slice(last, match.index), wanted));
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    nodes.push(h('span', { class: 'mark' }, `U+${code}`));
    last = match.index + 1;
  }
  nodes.push(...marked(text.slice(last), wanted));
  return nodes;
}

function marked(text, wanted) {
  if (!wanted) return text ? [text] : [];
  const nodes = [];
  const low = text.toLowerCase();
  // Lower case changes the length of a few texts; places in them would be wrong.
  if (low.length !== text.length) return [text];
  let last = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, last)) {
    nodes.push(text.slice(last, at), h('mark', {}, text.slice(at, at + wanted.length)));
    last = at + wanted.length;
  }
  nodes.push(text.slice(last));
  return nodes;
}

/** Return an element of page text in its own direction, cut where it is very long. */
function pageText(tag, attributes, text, wanted = '') {
  const element = h(tag, { dir: 'auto', ...attributes });
  if (text.length <= LONGEST_SHOWN) {
    element.append(...shown(text, wanted));
    return element;
  }
  const whole = () => element.replaceChildren(...shown(text, wanted));
  const more = h('button', { class: 'plain', type: 'button', onclick: whole }, `show all ${count(text.length)} characters`);
  element.append(...shown(text.slice(0, LONGEST_SHOWN), wanted), '… ', more);
  return element;
}

/** Return a link for a web address, plain text for any other kind. */
function address(url, words = url) {
  if (!/^https?:\/\//i.test(url)) return h('span', {}, ...shown(words));
  return h('a', { href: url, rel: 'noreferrer noopener nofollow', target: '_blank' }, ...shown(words));
}

function count(number) {
  return number.toLocaleString('en');
}

function plural(number, word) {
  return `${count(number)} ${word}${number === 1 ? '' : 's'}`;
}

let silence = 0;

/** Say something in passing, aloud for screen readers. */
function say(text) {
  const place = document.getElementById('said');
  place.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => { place.textContent = ''; }, 4000);
}

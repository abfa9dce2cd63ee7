/** Elements: text only ever as text nodes, so that nothing a visitor sends becomes markup. */

export function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** An element of the page; its absence is a fault of the build. */
export function byId(id: string): HTMLElement {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/** Changes the text only where it differs: an unchanged text is not announced again, and keeps its selection. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

import { useEffect } from 'react';

/** Parts of the page that the focus stays in when the element that has it goes. */
const PARTS = 'header, main, aside, [role=alert]';

/** They stay, and while they are used a part is drawn anew with every frame. */
const LASTING = '[role=slider], [role=application], [type=range]';

const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';

/**
 * Where an element with the focus goes away (a cut's ×, an offer that is taken, a cancel button whose
 * work is done), the focus passes on to its neighbour or to the section around it; browsers drop it.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    const observer = new MutationObserver((records) => {
      const { activeElement, body } = document;
      if (last === null || last.isConnected || (activeElement !== null && activeElement !== body)) {
        return;
      }
      const record = removalOf(last, records);
      last = null;
      if (record !== undefined) passOn(record);
    });
    const onFocusIn = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null;
      observer.disconnect();
      const part = last?.matches(LASTING) ? null : last?.closest(PARTS);
      if (part) observer.observe(part, { childList: true, subtree: true });
    };
    // Who presses on nothing means to leave.
    const onPointerDown = () => (last = null);
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('pointerdown', onPointerDown, true);
      observer.disconnect();
    };
  }, []);
}

/** What took the element out of the document: it may have gone with something around it. */
function removalOf(element: Node, records: readonly MutationRecord[]): MutationRecord | undefined {
  let gone: Node = element;
  for (;;) {
    const record = records.find(({ removedNodes }) =>
      Array.from(removedNodes).some((node) => node.contains(gone)),
    );
    if (record === undefined || record.target.isConnected) return record;
    gone = record.target;
  }
}

/** What follows comes first; before the gap, only an element of the same list or row. */
function passOn({ target, previousSibling, nextSibling, removedNodes }: MutationRecord): void {
  const parent = target as Element;
  const before = previousSibling?.isConnected ? previousSibling : null;
  // What takes the place of what went is put there afterwards.
  let next: Node | null = before?.nextSibling ?? (nextSibling?.isConnected ? nextSibling : null);
  if (previousSibling === null) next = parent.firstChild;
  for (; next !== null; next = next.nextSibling) {
    const found = firstIn(next);
    if (found !== null) return found.focus();
  }
  const removed = removedNodes[0];
  const isAlike = before !== null && removed?.nodeName === before.nodeName;
  const neighbour = isAlike ? firstIn(before) : null;
  if (neighbour !== null) return neighbour.focus();
  const section =
    parent.closest<HTMLElement>('section, [role=tabpanel], aside, main, header') ??
    document.querySelector<HTMLElement>('main');
  if (section === null) return;
  if (!section.hasAttribute('tabindex')) section.tabIndex = -1;
  section.focus({ preventScroll: true });
}

function firstIn(node: Node): HTMLElement | null {
  if (!(node instanceof HTMLElement)) return null;
  const all = [node, ...node.querySelectorAll<HTMLElement>(FOCUSABLE)];
  return (
    all.find(
      (element) =>
        element.matches(FOCUSABLE) &&
        element.tabIndex >= 0 &&
        !element.matches(':disabled') &&
        element.checkVisibility(),
    ) ?? null
  );
}

// Arrow keys over a row or a list of things that can have the focus.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// Moves the focus among the items, round and round. True when the key was one for that.
export function roam(event, items) {
  const at = items.indexOf(document.activeElement);
  let next;
  if (event.key in STEPS) next = (at + STEPS[event.key] + items.length) % items.length;
  else if (event.key === "Home") next = 0;
  else if (event.key === "End") next = items.length - 1;
  if (next === undefined || !items.length) return false;
  event.preventDefault();
  items[next].focus();
  return true;
}

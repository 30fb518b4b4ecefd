// Makes one element equal to another, touching only what differs: focus, scroll and neighbours stay as they are.
"use strict";

const Morph = (() => {
  const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");

  function attributes(from, to) {
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
    for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) set(from, name, value);
  }

  // What a person has moved or written no longer follows its attribute; what he is about to stays his.
  function set(element, name, value) {
    element.setAttribute(name, value);
    if (name === "value" && element.nodeName === "INPUT" && element !== document.activeElement) element.value = value;
  }

  function children(from, to) {
    let old = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      const kept = wanted.id ? [...from.children].find(child => child.id === wanted.id) : null;
      if (kept && kept !== old) from.insertBefore(kept, old);
      const candidate = kept || old;
      if (candidate && same(candidate, wanted)) {
        node(candidate, wanted);
        old = candidate.nextSibling;
      } else {
        from.insertBefore(document.importNode(wanted, true), old);
      }
    }
    while (old) {
      const next = old.nextSibling;
      old.remove();
      old = next;
    }
  }

  function node(from, to) {
    if (from.nodeType !== Node.ELEMENT_NODE) {
      if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    } else if (!from.isEqualNode(to)) {
      attributes(from, to);
      children(from, to);
    }
  }

  return { node };
})();

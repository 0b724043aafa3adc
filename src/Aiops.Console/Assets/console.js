// Everything works without this file; with it, pages keep up with what happens.
'use strict';

const every = 3000;

document.addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (event.key === '/') {
    const search = document.getElementById('search');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (event.key === 'j' || event.key === 'k') {
    const links = [...document.querySelectorAll('.incidents h3 a')];
    const at = links.indexOf(document.activeElement);
    links[event.key === 'j' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0)]?.focus();
  }
});

document.getElementById('problems')?.focus();

// Asks again and again while somebody looks; the answer is 304 while nothing changed.
function follow(address, etag, changed) {
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(address, { headers: etag ? { 'If-None-Match': etag } : {}, credentials: 'same-origin', redirect: 'error' });
        if (answer.ok) { etag = answer.headers.get('ETag'); changed(await answer.text()); }
      } catch { /* The server is away or wants a login: the page stays as it is, and we ask again. */ }
    }
    setTimeout(ask, every);
  };
  setTimeout(ask, every);
}

const live = document.getElementById('live');
if (live) {
  follow(live.dataset.live, null, html => {
    const next = new DOMParser().parseFromString(html, 'text/html').body;
    if (next.innerHTML.trim() === live.innerHTML.trim()) return;
    const before = new Set([...live.querySelectorAll('[data-incident]')].map(row => row.dataset.incident));
    const focused = live.contains(document.activeElement) ? document.activeElement.id : null;
    live.replaceChildren(...next.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    const fresh = [...live.querySelectorAll('[data-incident]')].filter(row => !before.has(row.dataset.incident));
    fresh.forEach(row => row.classList.add('fresh'));
    const status = document.getElementById('live-status');
    if (status && fresh.length) status.textContent = fresh.length === 1 ? 'One new incident' : `${fresh.length} new incidents`;
  });
}

const stamp = document.getElementById('changed');
if (stamp) {
  follow(stamp.dataset.stamp, null, now => {
    if (now === stamp.dataset.now) return;
    if (stamp.dataset.reload) { location.reload(); return; }
    const link = document.createElement('a'); // Nobody's page is changed under their eyes.
    link.href = location.pathname;
    link.textContent = 'Show it';
    stamp.replaceChildren('Something changed since this page was made. ', link);
  });
}

/**
 * The script of the offline page: it keeps every step that the relay tells, and shows any of them. It knows nothing of
 * stages itself.
 */
export const offlineScript = `
const byId = (id) => document.getElementById(id);
const [back, play, forth, replay] = ['back', 'play', 'forth', 'replay'].map(byId);
const steps = [];
let at = -1;
let playing = true;
let verdict;
let gone = false;
let timer;

const say = (id, text) => { if (byId(id).textContent !== text) byId(id).textContent = text; };
const add = (list, text) => {
  const item = document.createElement('li');
  item.textContent = text;
  byId(list).append(item);
};
const light = (marks) => {
  for (const group of document.querySelectorAll('figure :is(.state, .edge, .initial)')) {
    const { state, initial } = group.dataset;
    const own = marks[state ?? initial ?? group.id] ?? [];
    const shown = initial === undefined ? own : own.filter((mark) => mark !== 'ended');
    for (const mark of ['taken', 'skipped', 'untried', 'refused', 'ended']) group.classList.toggle(mark, shown.includes(mark));
  }
};
const scrollInside = (box, target) => {
  const [outer, inner] = [box.getBoundingClientRect(), target.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 2 + inner.height / 2;
  if (inner.left < outer.left || inner.right > outer.right) box.scrollLeft += inner.left - outer.left - outer.width / 2 + inner.width / 2;
};
const sayStep = () => {
  const { event, state, refused } = steps[at];
  const last = at === steps.length - 1;
  if (verdict && last) return verdict.legal ? 'The walk is over: the run has a plan.' : 'The walk ended in ' + state + ': the run is rejected.';
  return 'Step ' + at + ' of ' + (steps.length - 1) + ': ' + event + (refused ? ' is refused in ' : ' leads to ') + state + '.';
};
const controls = () => {
  const last = at === steps.length - 1;
  const over = verdict || gone;
  back.disabled = at < 1;
  forth.disabled = last;
  play.disabled = at < 0 || (last && over);
  replay.disabled = at < 0 || !over;
  play.textContent = playing && !play.disabled ? 'Pause' : 'Play';
};
const show = (index) => {
  at = index;
  const { state, refused, marks } = steps[at];
  const whole = verdict && at === steps.length - 1;
  light(whole ? verdict.marks : marks);
  document.body.toggleAttribute('data-refused', refused || (whole && !verdict.legal));
  for (const group of document.querySelectorAll('figure .state')) group.classList.toggle('current', group.dataset.state === state);
  [...byId('events').children].forEach((item, place) => {
    const button = item.firstChild;
    if (place === at) button.setAttribute('aria-current', 'step');
    else button.removeAttribute('aria-current');
  });
  say('status', sayStep());
  scrollInside(byId('events'), byId('events').children[at]);
  scrollInside(document.querySelector('figure'), document.querySelector('figure .state.current'));
  controls();
};
const pause = () => {
  playing = false;
  clearTimeout(timer);
};
const goOn = () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!playing || at === steps.length - 1) return;
    show(at + 1);
    goOn();
  }, Math.max(Number(document.body.dataset.speed), 150));
};
const stepTo = (index) => {
  pause();
  show(Math.min(Math.max(index, 0), steps.length - 1));
};
const start = (index) => {
  playing = true;
  show(index);
  goOn();
};
back.onclick = () => stepTo(at - 1);
forth.onclick = () => stepTo(at + 1);
replay.onclick = () => start(0);
play.onclick = () => {
  if (!playing) return start(at);
  pause();
  controls();
};
addEventListener('keydown', ({ key, target }) => {
  if (at < 0 || target.closest('figure')) return;
  if (key === 'ArrowLeft') stepTo(at - 1);
  if (key === 'ArrowRight') stepTo(at + 1);
});

const told = {
  '@stageplan.step': (step) => {
    const index = steps.push(step) - 1;
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = step.event + (step.refused ? ' \\u2715 refused in ' : ' \\u2192 ') + step.state;
    button.onclick = () => stepTo(index);
    item.dataset.event = step.event;
    item.dataset.state = step.state;
    item.classList.toggle('refused', step.refused);
    item.append(button);
    byId('events').append(item);
    if (playing && at === index - 1) show(index);
    else controls();
  },
  '@stageplan.verdict': (message) => {
    verdict = message;
    document.body.dataset.verdict = verdict.legal ? 'planned' : 'rejected';
    for (const reason of verdict.messages) add('reasons', reason);
    for (const fix of verdict.fixes) add('fixes', fix);
    document.querySelector('.why').hidden = verdict.legal;
    byId('repair').hidden = verdict.fixes.length === 0;
    show(at);
  },
};
const socket = new WebSocket('ws://' + location.host);
socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  told[message.type]?.(message);
};
socket.onclose = () => {
  gone = true;
  say('server', verdict ? 'stageplan inspect has ended. This page keeps the walk.' : 'stageplan inspect ended before the walk was over. This page keeps what was played.');
  controls();
};
`;

/** The script of the offline page: it shows what the relay tells, and knows nothing of stages itself. */
export const offlineScript = `
const byId = (id) => document.getElementById(id);
const add = (list, text, kind) => {
  const item = document.createElement('li');
  item.textContent = text;
  item.className = kind;
  list.append(item);
  return item;
};
const light = (marks) => {
  for (const group of document.querySelectorAll('.state, .edge, .initial')) {
    const { state, initial } = group.dataset;
    const own = marks[state ?? initial ?? group.id] ?? [];
    const shown = initial === undefined ? own : own.filter((mark) => mark !== 'ended');
    for (const mark of ['taken', 'skipped', 'unreachable', 'ended']) group.classList.toggle(mark, shown.includes(mark));
  }
};
let last;
let over = false;
const show = {
  '@xstate.event': ({ event }) => {
    last = add(byId('events'), event.type, '');
    last.dataset.event = event.type;
  },
  '@stageplan.step': ({ state, refused, marks }) => {
    const where = document.createElement('span');
    where.textContent = refused ? ' refused in ' + state : ' \\u2192 ' + state;
    last.append(where);
    last.classList.toggle('refused', refused);
    last.dataset.state = state;
    byId('status').textContent = 'In ' + state + '.';
    light(marks);
    for (const group of document.querySelectorAll('.state')) group.classList.toggle('current', group.dataset.state === state);
  },
  '@stageplan.verdict': ({ legal, state, messages, marks }) => {
    over = true;
    byId('status').textContent = legal ? 'The walk is over: the run has a plan.' : 'The walk ended in ' + state + ': the run is rejected.';
    document.body.dataset.verdict = legal ? 'planned' : 'rejected';
    for (const message of messages) add(byId('reasons'), message, '');
    light(marks);
  },
};
const socket = new WebSocket('ws://' + location.host);
socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  show[message.type]?.(message);
};
socket.onclose = () => {
  if (!over) byId('status').textContent = 'stageplan inspect ended before the walk was over.';
};
`;

// Receivers and a client that other people wrote: `wechat`, `co-wechat`, `co-wechat-api`.
// Prints its port, then answers tasks, one JSON object a line: calls of co-wechat-api.
const http = require('http');
const wechat = require('wechat');
const coWechat = require('co-wechat');
const API = require('co-wechat-api');

const account = JSON.parse(process.argv[2]);
const safe = { token: account.token, appid: account.appId, encodingAESKey: account.aesKey };
const answer = (message) => `heard: ${message.Content || message.Event}`;

const receivers = {
  '/wechat/safe': wechat(safe, (req, res) => res.reply(answer(req.weixin))),
  '/wechat/plain': wechat(account.token, (req, res) => res.reply(answer(req.weixin))),
};
const middlewares = {
  '/co-wechat/safe': coWechat(safe).middleware(async (message) => answer(message)),
  '/co-wechat/plain': coWechat(account.token).middleware(async (message) => answer(message)),
};

async function koaLike(middleware, req, res) {
  const ctx = { query: req.query, method: req.method, req, request: {}, status: 200 };
  await middleware(ctx);
  res.writeHead(ctx.status);
  res.end(ctx.body);
}

const server = http.createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  req.query = Object.fromEntries(url.searchParams);
  if (receivers[url.pathname]) receivers[url.pathname](req, res, () => res.destroy());
  else koaLike(middlewares[url.pathname], req, res);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

require('readline').createInterface({ input: process.stdin }).on('line', async (line) => {
  const task = JSON.parse(line);
  const api = new API(account.appId, account.secret);
  api.prefix = `${task.base}/cgi-bin/`;
  try {
    console.log(JSON.stringify({ answer: await api[task.method](...task.arguments) }));
  } catch (error) {
    console.log(JSON.stringify({ code: error.code, message: error.message }));
  }
}).on('close', () => process.exit(0));

// Seals and opens with the packages that other people use: one JSON task a line, one answer a line.
const WXBizMsgCrypt = require('wechat-crypto');
const wecom = require('@wecom/crypto');

const libraries = {
  'wechat-crypto': ({ token, key, id }) => {
    const crypt = new WXBizMsgCrypt(token, key, id);
    return {
      seal: (words) => crypt.encrypt(words),
      open: (sealed) => crypt.decrypt(sealed),
      sign: (...parts) => crypt.getSignature(...parts),
    };
  },
  '@wecom/crypto': ({ token, key, id }) => ({
    seal: (words) => wecom.encrypt(key, words, id),
    open: (sealed) => wecom.decrypt(key, sealed),
    sign: (...parts) => wecom.getSignature(token, ...parts),
  }),
};

require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const task = JSON.parse(line);
  const library = libraries[task.library](task);
  const sealed = task.sealed || library.seal(task.words);
  const signature = library.sign(task.timestamp, task.nonce, sealed);
  console.log(JSON.stringify({ sealed, signature, ...library.open(sealed) }));
});

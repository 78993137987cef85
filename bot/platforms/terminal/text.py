"""What the terminal says by itself. What the assistant says comes from the handlers."""

PROMPT = "› "
WELCOME = "已接通支部助手。直接打字，回车发送；按钮可以打它的数字；按 Ctrl-D 离开。"
BUSY = "现在说话的人太多，这句没有收到，请稍后再发一次。"
LATER = "收到了，结果稍后告诉您。"
GOODBYE = "再见。"

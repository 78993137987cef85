"""What the platforms themselves show to people."""

WECHAT_OUTAGE = "该公众号提供的服务出现故障，请稍后再试"

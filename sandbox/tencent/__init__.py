"""What the servers of WeChat and WeCom do alike."""

"""What members read that no handler has said."""

UNFINISHED = "（内容较长，这里放不下，只显示了前一部分）"

"""What members read that no handler has said."""

EDITED = "改过的消息我不会再处理一遍，免得记两次。需要的话，请把新的内容重新发给我。"

IN_PRIVATE = "已私信您。"

COULD_NOT_REACH_YOU = "私信没有送到。请点我的头像，私下发一句话给我，再问一次。"

// Codes of the record kinds as words. A code of a newer version is shown as it is: better than hiding a record.
package bianfang.text

object Codes {
    /** In the order in which they are offered. */
    val results = linkedMapOf(
        "MET" to Words("见到本人", "Met"),
        "MET_FAMILY" to Words("见到家属", "Met the family"),
        "NOT_HOME" to Words("家中无人", "Nobody home"),
        "AWAY" to Words("外出", "Away"),
        "REFUSED" to Words("拒访", "Refused"),
        "WRONG_ADDRESS" to Words("地址不符", "Wrong address"),
        "DIED" to Words("已去世", "Died"),
    )

    private val plaques = mapOf(
        "PENDING" to Words("待悬挂", "To be hung"),
        "HUNG" to Words("已悬挂", "Hung"),
        "ISSUED_NOT_HUNG" to Words("已领未挂", "Issued, not hung"),
        "TAKEN_DOWN_KEPT" to Words("暂存家中", "Kept at home"),
        "REPLACE_DUE" to Words("待更换", "To be replaced"),
        "LOST" to Words("遗失", "Lost"),
        "RETURNED" to Words("已收回", "Returned"),
        "CANCELLED" to Words("已取消", "Cancelled"),
        "DECLINED" to Words("不愿悬挂", "Declined"),
        "KEPT_NO_RENEW" to Words("保留不再更换", "Kept, not renewed"),
        "NOT_ELIGIBLE" to Words("不属悬挂对象", "Not eligible"),
    )

    private val methods = mapOf(
        "HOME" to Words("入户", "Home visit"),
        "PHONE" to Words("电话", "Phone call"),
        "VIDEO" to Words("视频", "Video call"),
        "SEMINAR" to Words("座谈", "Seminar"),
        "STATION" to Words("来站", "At the station"),
        "RELATIVE" to Words("亲属转达", "Through relatives"),
    )

    fun result(code: String) = results[code] ?: Words(code, code)

    fun plaque(code: String) = plaques[code] ?: Words(code, code)

    fun method(code: String) = methods[code] ?: Words(code, code)
}

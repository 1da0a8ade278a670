// Times as people here read them: by the calendar of Shanghai, whatever the phone's clock is set to.
package bianfang.text

import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter

private val format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"))

/** UTC milliseconds as `2026-01-31 09:05`. */
fun moment(ms: Long): String = format.format(Instant.ofEpochMilli(ms))

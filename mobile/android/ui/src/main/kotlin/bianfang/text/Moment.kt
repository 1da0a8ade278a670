// Times as people here read them: by the calendar of Shanghai, whatever the phone's clock is set to.
package bianfang.text

import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter

private val zone = ZoneId.of("Asia/Shanghai")
private val format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone)
private val day = DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(zone)

/** The first instant of a day in Shanghai stands for the day alone: no time was given. */
private fun isDay(ms: Long): Boolean = (ms + 8 * 3_600_000L) % 86_400_000L == 0L

/** UTC milliseconds as `2026-01-31 09:05`; the day alone where no time was given. */
fun moment(ms: Long): String = (if (isDay(ms)) day else format).format(Instant.ofEpochMilli(ms))

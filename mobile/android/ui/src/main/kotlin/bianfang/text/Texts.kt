// Every text of the app, in the words of the glossary. A screen holds none of its own.
package bianfang.text

object Texts {
    val app = Words("遍访", "Bianfang")

    // Today
    val due = Words("待走访", "Due")
    val all = Words("全部", "All")
    val allVillages = Words("所有村", "All villages")
    val search = Words("姓名、拼音、电话尾号、完整身份证号", "Name, pinyin, end of the telephone, whole id number")
    val synchronize = Words("同步", "Synchronize")
    val stop = Words("停止", "Stop")
    val neverSynchronized = Words("尚未同步", "Not synchronized yet")
    val nobodyYet = Words("还没有名单。有信号时点“同步”。", "No list yet. Tap Synchronize where there is a signal.")
    val nobodyFound = Words("没有找到。换个词，或看“全部”。", "Nobody found. Try another word, or look at All.")
    val nobodyDue = Words("都走访到了。", "Everybody has been reached.")
    val reached = Words("已遍访", "Reached")
    val waits = Words("待传", "Waiting")
    val signInAgain = Words("登录已过期。已存的记录都在，请重新扫码。", "The login has expired. Nothing is lost; scan a new code.")

    fun counts(due: ULong, total: ULong) = Words("应访 $total 人，还有 $due 人待走访", "$due still due of $total")

    fun waiting(records: ULong, photos: ULong) =
        Words("待传 $records 条，照片 $photos 张", "$records records and $photos photos wait")

    fun looked(held: ULong, refused: ULong) = Words("待核 $held 条，退回 $refused 条", "$held held, $refused refused")

    fun synchronizedAt(time: String) = Words("上次同步 $time", "Synchronized $time")

    val begins = Words("正在连接", "Connecting")
    val pushes = Words("正在送出记录", "Sending records")
    val sendsPhotos = Words("正在送出照片", "Sending photos")
    val pulls = Words("正在接收资料", "Receiving")
    val compares = Words("正在核对", "Comparing")
    val ends = Words("即将完成", "Finishing")

    fun part(done: ULong, total: ULong) = Words("：${share(done, total)}%", ": ${share(done, total)}%")

    /** Totals are estimates while states come down: never more than all. */
    private fun share(done: ULong, total: ULong) = minOf(100uL, done * 100uL / total)

    fun done(acknowledged: ULong, received: ULong) =
        Words("同步完成：送达 $acknowledged 条，收到 $received 条", "Done: $acknowledged delivered, $received received")

    fun last(day: String) = Words("上次 $day", "Last $day")

    val today = Words("今日任务", "Today")
    val noTasks = Words("今天没有要办的。", "Nothing asks for today.")
    val notAtWork = Words(
        "您今天不在岗：以前存的照常送出，新的走访由乡镇审核。",
        "You are not at work today: what was saved is sent, new visits wait for the township.",
    )

    fun tasks(total: ULong) = Words("今日任务 $total 人", "$total people today")

    fun since(day: String, by: String?) =
        if (by == null) Words("，自 $day", "since $day") else Words("，自 $day 至 $by", "from $day to $by")

    fun taken(names: String) = Words("今日由 $names 走访", "Taken today by $names")

    fun troubles(count: Int) = Words("需处理 $count", "$count to look at")

    val noTroubles = Words("没有需要处理的。", "Nothing needs a look.")
    val photoStuck = Words("照片：", "Photo:")

    // Visit
    val take = Words("今天我去", "I go today")
    val snooze = Words("暂缓", "Put off")
    val snoozeUntil = Words("暂缓到（如 2026-08-01）", "Until (as 2026-08-01)")
    val snoozeReason = Words("暂缓原因", "Why")
    val more = Words("更多内容", "More")
    val method = Words("走访方式", "Method")
    val work = Words("工作类型", "Work")
    val trigger = Words("必访事由（如 返乡）", "What asks for the visit")
    val visitors = Words("走访人（用、隔开，可以没有账号）", "Visitors, with or without accounts")
    val companions = Words("陪同人员", "Companions")
    val difficulties = Words("反映困难", "Difficulties")
    val cause = Words("困难原因", "Cause")
    val measures = Words("帮扶措施", "Measures")
    val answered = Words("现场答复", "Answered on the spot")
    val toSolve = Words("需解决事项", "To be solved")
    val others = Words("其他在场人员（不在册的，用顿号隔开）", "Others present, of no register")
    val hasNeed = Words("有诉求", "They ask for something")
    val needAsked = Words("诉求内容", "What is asked")
    val needAnswered = Words("当场答复（已答复的填写，即办结）", "Answered on the spot: it is closed then")
    val needAnswer = Words("办理情况", "What was done")

    val suggestions = Words("投诉建议", "Complaints and suggestions")
    val suggestionsGo = Words(
        "直接送到县局，不经过上级；选“匿名”后县局也看不到是谁。",
        "Goes to the county, past your superior; unnamed, nobody there learns whose it is.",
    )
    val noSuggestions = Words("还没有提过；提了会列在这里，答复也在这里看。", "Nothing said yet; what you say and its answer stand here.")
    val suggestionWords = Words("您想说的（工作、报表、应用都可以）", "What you want to say: of the work, the forms, the app")
    val unnamed = Words("匿名", "Unnamed")
    val submit = Words("提交", "Submit")
    val satisfied = Words("满意", "Satisfied")
    val dissatisfied = Words("不满意", "Not satisfied")

    fun countyAnswered(day: String, answer: String) = Words("县局答复（$day）：$answer", "The county on $day: $answer")

    fun lastTime(day: String, note: String) = Words("上次 $day：$note", "Last time, $day: $note")

    fun overdueSince(day: String) = Words("应于 $day 前办结，已超期", "Due by $day, overdue")

    fun dueBy(day: String) = Words("$day 前办结", "Due by $day")

    val followUp = Words("约定回访日期（如 2026-08-01）", "To come back on (as 2026-08-01)")
    val unsignedWhy = Words("未签字原因", "Why nobody signed")
    val back = Words("返回", "Back")
    val result = Words("走访结果", "Result")
    val also = Words("同户一并", "Of the household too")
    val photo = Words("拍照", "Photo")
    val hang = Words("已挂光荣牌", "Plaque hung")
    val decline = Words("不愿悬挂", "Declines a plaque")
    val gate = Words("大门", "Gate")
    val indoor = Words("室内", "Indoors")
    val sign = Words("请家属在框内签名", "The family signs here")
    val signed = Words("已签名", "Signed")
    val signAgain = Words("清除重签", "Clear and sign again")
    val unsigned = Words("未采集签字", "No signature taken")
    val note = Words("生产生活情况（可不填）", "How they live (optional)")
    val save = Words("保存", "Save")
    val savedNow = Words("已存在本机，有信号时会送出。", "Saved on this phone; it leaves when there is a signal.")
    val records = Words("走访记录", "Visits")
    val noRecords = Words("还没有走访记录。", "No visits yet.")
    val plaque = Words("光荣牌", "Plaque")
    val unknownTime = Words("时间待核", "time in doubt")
    val amend = Words("更正", "Mend")
    val amendReason = Words("更正原因", "Why it is changed")
    val voided = Words("已作废", "Voided")
    val photoKept = Words("照片已存", "Photo kept")
    val remove = Words("删除", "Remove")

    fun returned(comment: String) = Words("审核退回：$comment", "Returned: $comment")

    fun photosDelivered(there: Int, all: Int) = Words("照片送达 $there / $all", "Photos delivered $there / $all")

    // How far a record has travelled
    val saved = Words("待传：只在本机", "Waiting: only on this phone")
    val sent = Words("已送达，照片未送达", "Delivered; photos not delivered")
    val confirmed = Words("已同步", "Synchronized")
    val held = Words("待核：", "Held:")
    val refused = Words("退回：", "Refused:")

    // Enrolment
    val enrolTitle = Words("登记本机", "Enrol this phone")
    val enrolHow = Words("扫管理员给的二维码，或粘贴其内容。", "Scan the administrator's code, or paste what it says.")
    val invitation = Words("邀请内容", "Invitation")
    val scan = Words("扫码", "Scan")
    val enrol = Words("登记", "Enrol")
}

// What a device does for the app, on a desk: its photo is a file, its clock the computer's.
package bianfang

import bianfang.shell.Device

class Desk(private val picture: String) : Device {
    override val model = "JUnit"

    override fun now() = System.currentTimeMillis()

    override fun photo(taken: (path: String) -> Unit) = taken(picture)

    override fun scan(read: (text: String) -> Unit) = Unit
}

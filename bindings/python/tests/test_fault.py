"""Errors arrive typed, with what a program needs to act on them."""

from bianfang import BootClock, ClientError, Phone, error_en, error_zh

from .fixture import Fixture
from .world import KEY, PhoneCase, Told


class FaultTest(PhoneCase):
    async def test_wrong_key_is_locked(self):
        await (await self.open()).shut()
        with self.assertRaises(ClientError.Locked) as caught:
            await Phone.open(self.folder, bytes(32), BootClock())
        self.assertIn("密钥", error_zh(caught.exception))
        self.assertIn("key", error_en(caught.exception))

    async def test_key_of_another_length_is_invalid(self):
        with self.assertRaises(ClientError.Invalid) as caught:
            await Phone.open(self.folder, KEY[:16], BootClock())
        self.assertEqual(caught.exception.field, "key")

    async def test_unreadable_invitation_is_invalid(self):
        phone = await self.open()
        with self.assertRaises(ClientError.Invalid) as caught:
            await phone.enrol('{"url":', "unittest")
        self.assertEqual(caught.exception.field, "invitation")
        self.assertTrue(caught.exception.zh and caught.exception.en)

    async def test_stopped_server_is_offline(self):
        phone = await self.open()
        async with Fixture() as fixture:
            await phone.enrol(fixture.invitations[0], "unittest")
        with self.assertRaises(ClientError.Offline):
            await phone.synchronize(Told())

"""What can go wrong with a store, as sentences: what is wrong, where, and what to do.

`StoreError` and its kinds are caused by what a user has on disk or typed; the last two classes are misuse by code.
"""

from __future__ import annotations

from typing import ClassVar

from checklists.text import Text, UserError


class StoreError(UserError):
    """The store cannot be used as asked; `place` is its file, or its URL without the password."""

    sentence: ClassVar[Text]

    def __init__(self, place: str, **details: object) -> None:
        super().__init__(self.sentence.format(place=place, **details))
        self.place = place


class StoreMissing(StoreError):
    """There is nothing to open, and nothing may or can be made."""

    sentence = Text(
        "{place} 没有可以打开的数据库：文件不存在，或没有权限打开。请检查路径和权限。",
        "There is no store to open at {place}: the file does not exist, or you may not open it. "
        "Check the path and the permissions.",
    )


class FolderMissing(StoreMissing):
    """The folder of the store cannot be made."""

    sentence = Text(
        "数据库 {place} 所在的文件夹无法创建：{reason}。请检查路径和权限，或用 --store 指定别的位置。",
        "The folder for the store {place} cannot be made: {reason}. "
        "Check the path and the permissions, or choose another place with --store.",
    )


class StoreAddress(StoreError):
    """The address is neither a path nor an URL that can be used."""

    sentence = Text(
        "数据库地址 {place} 无法使用：{reason}。请写文件路径，或 sqlite:///路径 这样的地址。",
        "The store's address {place} cannot be used: {reason}. "
        "Give the path of a file, or an URL such as sqlite:///path.",
    )


class StoreLocked(StoreError):
    """Another program has been writing for longer than we wait."""

    sentence = Text(
        "数据库 {place} 正被另一个程序占用，等待后仍无法写入；这次的内容没有保存。请关闭那个程序后重试。",
        "The store {place} is held by another program and did not become free; nothing was saved this time. "
        "Close the other program and try again.",
    )


class StoreReadOnly(StoreError):
    """It can be read but not written."""

    sentence = Text(
        "数据库 {place} 只能读取，不能写入；这次的内容没有保存。请检查文件和文件夹的权限，或复制到可写的位置。",
        "The store {place} can be read but not written; nothing was saved this time. "
        "Check the permissions of the file and its folder, or copy it to where you may write.",
    )


class StoreUnfinished(StoreReadOnly):
    """Its last changes lie in the -wal file beside it, and without writing they cannot be brought in."""

    sentence = Text(
        "数据库 {place} 上次没有正常关闭，而所在文件夹不能写入，因此无法读取。"
        "请把它和 {place}-wal 一起复制到可写的文件夹，再打开副本。",
        "The store {place} was not closed properly and lies in a folder that cannot be written, so it cannot be read. "
        "Copy it together with {place}-wal to a folder you may write to, and open the copy.",
    )


class StoreFull(StoreError):
    """No room to write."""

    sentence = Text(
        "数据库 {place} 所在的磁盘已满；这次的内容没有保存，以前保存的都在。请腾出空间后重试。",
        "The disk that holds the store {place} is full; nothing was saved this time, "
        "all that was saved before is there. Make room and try again.",
    )


class StoreDiskFailed(StoreError):
    """The disk refused to read or write: quota reached, stick pulled out, network folder gone."""

    sentence = Text(
        "磁盘无法读写数据库 {place}；这次的内容没有保存。请检查磁盘是否已满、已断开或损坏，然后重试。",
        "The disk refused to read or write the store {place}; nothing was saved this time. "
        "Check whether it is full, disconnected or damaged, and try again.",
    )


class StoreDamaged(StoreError):
    """Not a database, or one whose inside is broken."""

    sentence = Text(
        "{place} 不是数据库文件，或已损坏；没有对它做任何改动。请检查路径，或恢复备份。",
        "{place} is not a database, or it is damaged; it was left as it is. Check the path, or restore a backup.",
    )


class StoreForeign(StoreError):
    """A sound database, but of another program."""

    sentence = Text(
        "{place} 是另一个程序的数据库；没有对它做任何改动。请用 --store 指定别的位置。",
        "{place} is a database of another program; it was left as it is. Choose another place with --store.",
    )


class StoreTooNew(StoreError):
    """Written by a newer edition of this tool."""

    sentence = Text(
        "数据库 {place} 的版本是 {version}，本程序只认识到 {known}；没有对它做任何改动。请升级 dealer-audit。",
        "The store {place} has version {version}, this program knows versions up to {known}; it was left as it is. "
        "Upgrade dealer-audit.",
    )


class StoreUnsafe(StoreError):
    """Its place cannot promise that what was acknowledged survives a power cut."""

    sentence = Text(
        "{place} 不能安全保存：{setting} 应为 {wanted}，实际为 {got}。"
        "请把数据库放在本机磁盘上（不要放在网络文件夹或内存中）。",
        "{place} cannot keep data safely: {setting} must be {wanted} but is {got}. "
        "Put the store on a disk of this computer, neither in a network folder nor in memory.",
    )


class BackupFailed(StoreError):
    """The copy cannot be written."""

    sentence = Text(
        "数据库 {place} 的备份没有写成：{reason}；原有数据不受影响。请腾出空间或检查文件夹的权限，然后重试。",
        "The backup of the store {place} could not be written: {reason}; what was saved is safe. "
        "Make room or check the permissions of the folder, and try again.",
    )


class StoreOnServer(StoreError):
    """A server keeps the data, and backs it up by its own means."""

    sentence = Text(
        "数据保存在服务器 {place} 上，请用服务器自己的备份方法。",
        "The data is kept on the server {place}; back it up by the server's own means.",
    )


class RefTaken(StoreError):
    """The name is in use and was wanted exactly as it is."""

    sentence = Text(
        "“{ref}”在 {place} 中已被使用。请换一个。",
        '"{ref}" is already in use in {place}. Choose another one.',
    )

    def __init__(self, place: str, ref: str) -> None:
        super().__init__(place, ref=ref)
        self.ref = ref


class UnknownStream(LookupError):
    """Misuse: no stream has this id."""


class StreamExists(ValueError):
    """Misuse: a stream with this id was created before."""

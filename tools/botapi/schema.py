"""The schema as the emitters see it: types, fields, and their names in C++."""

import json
import re

SCALARS = {"Integer", "Float", "Boolean", "String"}

KEYWORDS = set("""alignas alignof and asm auto bool break case catch char class concept const
continue default delete do double else enum explicit export extern false float for friend goto if
inline int long mutable namespace new not operator or private protected public register requires
return short signed sizeof static struct switch template this throw true try typedef typename union
unsigned using virtual void volatile while xor""".split())

# Members of an aggregate or a view of ours that a field must not hide.
RESERVED = {"raw", "json", "as", "extra", "result", "method_name", "write_json", "value_"}

# Outgoing types whose short names would stand in the way of filters and of users' own types.
OUTGOING_NAMES = {"User": "input_user", "Location": "input_location"}

# A class cannot have a member of its own name: these two are read by that member all the time.
VIEW_NAMES = {"MessageId": "sent_message_id", "Gifts": "gift_list"}

# `close` is a function of the C library's.
METHOD_NAMES = {"close": "close_bot"}

# Fields that can only be true: they are written without being asked for.
ALWAYS_TRUE = {("ForceReply", "force_reply"), ("ReplyKeyboardRemove", "remove_keyboard")}

# Strings that name a file: Telegram also takes "attach://..." there, so they accept uploads.
FILE_OWNERS = re.compile(r"Input(Media|PaidMedia|ProfilePhoto|StoryContent|Sticker)")
FILE_FIELDS = {"media", "thumbnail", "cover", "photo", "video", "animation", "sticker"}

# Lists of alternatives that the Bot API does not name.
NAMED_UNIONS = {("InputRichMessageMedia", "media"): "InputRichMedia"}


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def peel(name):
    """'Array of Array of X' -> ('X', 2)"""
    depth = 0
    while name.startswith("Array of "):
        name = name[len("Array of "):]
        depth += 1
    return name, depth


class Field:
    def __init__(self, owner, facts):
        self.owner = owner
        self.name = facts["name"]
        self.types = facts["types"]
        self.required = facts["required"]
        self.fixed = facts.get("const")
        self.values = facts.get("values", [])
        self.length = facts.get("length")
        self.range = facts.get("range")
        if (owner, self.name) in NAMED_UNIONS:
            self.types = [NAMED_UNIONS[owner, self.name]]

    def cpp_name_in(self, class_name):
        return self.name + "_" if self.name == class_name else self.cpp_name

    @property
    def always_true(self):
        return (self.owner, self.name) in ALWAYS_TRUE

    @property
    def cpp_name(self):
        clash = self.name in KEYWORDS or self.name in RESERVED
        return self.name + "_" if clash else self.name

    @property
    def is_file_text(self):
        return (self.types == ["String"] and self.name in FILE_FIELDS
                and FILE_OWNERS.match(self.owner) is not None)

    def same_as(self, other):
        return self.name == other.name and self.types == other.types


class Type:
    def __init__(self, name, fields, members):
        self.name = name
        self.fields = fields
        self.members = members  # of a union, else None
        self.view = VIEW_NAMES.get(name, snake(name))
        self.outgoing = OUTGOING_NAMES.get(name, snake(name))


class Method:
    def __init__(self, name, params, returns):
        self.name = name
        self.fields = params
        self.returns = returns
        self.outgoing = METHOD_NAMES.get(name, snake(name))


class Schema:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            facts = json.load(file)
        self.version = facts["version"]
        self.types = {name: self._type(name, t) for name, t in facts["types"].items()}
        self._name_unions(facts["types"])
        self.methods = [Method(name, [Field(name, f) for f in m["params"]], m["returns"])
                        for name, m in facts["methods"].items()]
        self.sent = self._reachable(
            peel(t)[0] for m in self.methods for f in m.fields for t in f.types)

    @staticmethod
    def _type(name, facts):
        fields = [Field(name, f) for f in facts.get("fields", [])]
        return Type(name, fields, facts.get("subtypes"))

    def _name_unions(self, facts):
        for (owner, field), name in NAMED_UNIONS.items():
            for f in facts[owner]["fields"]:
                if f["name"] == field:
                    self.types[name] = Type(name, [], f["types"])

    def _reachable(self, start):
        seen, waiting = set(), list(start)
        while waiting:
            name = waiting.pop()
            if name in seen or name in SCALARS:
                continue
            seen.add(name)
            waiting += self.parts_of(self.types[name])
        return seen

    @staticmethod
    def parts_of(t):
        names = [peel(x)[0] for f in t.fields for x in f.types]
        return names + [peel(x)[0] for x in t.members or []]

    def object_members(self, union):
        """The members of a union that are objects (a RichText is also a string or an array)."""
        return [self.types[m] for m in union.members
                if m not in SCALARS and not m.startswith("Array of ")]

    def is_any(self, name):
        """Whether a value of the type may be something else than an object."""
        t = self.types.get(name)
        return bool(t and t.members) and len(self.object_members(t)) != len(t.members)

    def common_fields(self, union):
        """Fields that every member of the union has; required where every member requires it."""
        members = self.object_members(union)
        out = []
        for f in members[0].fields:
            same = [[g for g in m.fields if g.same_as(f)] for m in members]
            if all(same):
                out.append(Field(union.name, {"name": f.name, "types": f.types,
                                              "required": all(s[0].required for s in same)}))
        return out

    def smallest_union(self, names):
        """The union with the fewest members that has all of `names`."""
        holders = [t for t in self.types.values() if t.members and set(names) <= set(t.members)]
        return min(holders, key=lambda t: len(t.members)).name

    def mark_of(self, union, member):
        """What tells `member` from its siblings: (field, text, present, absent, date rule)."""
        if union.name == "MaybeInaccessibleMessage":
            return None, None, None, None, "not_zero" if member.name == "Message" else "zero"
        fixed = next(((f.name, f.fixed) for f in member.fields if f.fixed), (None, None))
        rivals = [m for m in self.object_members(union) if m is not member and
                  next(((f.name, f.fixed) for f in m.fields if f.fixed), (None, None)) == fixed]
        if not rivals:
            return *fixed, None, None, None
        required = [f.name for f in member.fields if f.required and not f.fixed]
        in_all = [n for n in required if not any(self._has(r, n) for r in rivals)]
        if in_all:
            return *fixed, in_all[0], None, None
        # The member's required fields are all known to a sibling that requires more of them.
        present = min(required, key=lambda n: sum(self._has(r, n) for r in rivals))
        richer = [r for r in rivals if self._has(r, present)]
        absent = next(f.name for r in richer for f in r.fields
                      if f.required and not self._has(member, f.name))
        return *fixed, present, absent, None

    @staticmethod
    def _has(t, field):
        return any(f.name == field for f in t.fields)


def constraints(field):
    """The schema's limits of a field in words, or ''."""
    parts = []
    if field.length:
        size = field.length
        after = " after entities" if size.get("after_entities") else ""
        parts.append(f"{size['min']} to {size['max']} {size['unit']}{after}")
    if field.range:
        parts.append(f"{field.range[0]} to {field.range[1]}")
    if field.values:
        parts.append("known: " + ", ".join(field.values))
    return "; ".join(parts)

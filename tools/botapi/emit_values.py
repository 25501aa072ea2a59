"""Outgoing aggregates and methods: generated/values.hpp, methods.hpp and their .ipp files."""

from emit_views import BANNER
from schema import METHOD_NAMES, constraints, peel

SCALARS = {"Integer": "std::int64_t", "Float": "double", "Boolean": "bool",
           "String": "std::string_view"}
WRITERS = {"Integer": "integer", "Float": "number", "Boolean": "boolean", "String": "text"}
KEYBOARDS = {"InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove", "ForceReply"}


# Booleans that a bot's defaults may give.
DEFAULT_FLAGS = {"disable_notification", "protect_content", "allow_sending_without_reply"}

# How many elements a list may have, where the schema does not know.
COUNTS = {("sendMediaGroup", "media"): (2, 10), ("sendPaidMedia", "media"): (1, 10),
          ("sendPoll", "options"): (1, 12), ("InputChecklist", "tasks"): (1, 30),
          ("answerInlineQuery", "results"): (0, 50), ("setMyCommands", "commands"): (0, 100),
          ("deleteMessages", "message_ids"): (1, 100), ("copyMessages", "message_ids"): (1, 100),
          ("forwardMessages", "message_ids"): (1, 100)}


class Member:
    """A field as a member of an aggregate: its type, and how it is written."""

    def __init__(self, declared, default, write):
        self.declared = declared
        self.default = default
        self.write = write


def by_value(name, required, write="{name}.write_json(writer)"):
    """A member of a class type that has no default state of its own."""
    if required:
        return Member(name, "", f'    detail::write_name(writer, "{{key}}");\n    {write};\n'.replace("{{", "{"))
    return Member(f"std::optional<{name}>", " = {}",
                  "    if ({name}) {{\n" f'        detail::write_name(writer, "{{key}}");\n'
                  "        {name}->write_json(writer);\n    }}\n")


def element_type(schema, name):
    name, depth = peel(name)
    inner = SCALARS.get(name) or "banter::" + schema.types[name].outgoing
    for _ in range(depth):
        inner = f"banter::list_of<{inner}>"
    return inner


def file_member(required, is_parameter):
    declared = "banter::input_file"
    if not is_parameter:
        return by_value(declared, required)
    if required:
        return Member(declared, "", '    {name}.write_parameter(writer, "{key}");\n')
    return Member(f"std::optional<{declared}>", " = {}",
                  '    if ({name})\n        {name}->write_parameter(writer, "{key}");\n')


def sibling(schema, field, *names):
    """The first of the fields beside this one that is called so."""
    owner = schema.types.get(field.owner) or next(m for m in schema.methods if m.name == field.owner)
    return next((f for n in names for f in owner.fields if f.name == n), None)


def text_of_mode(schema, field):
    """The text that a parse mode is about."""
    start = field.name[:-len("parse_mode")].rstrip("_")
    return sibling(schema, field, *([start] if start else ["text", "message_text", "caption", "title"]))


def mode_of_text(schema, field):
    """The mode of a text as an expression, '' where it has none. Defaults are for texts that are there
    and have no entities."""
    mode = sibling(schema, field, field.name + "_parse_mode") or sibling(schema, field, "parse_mode")
    if not mode or text_of_mode(schema, mode) is not field:
        return ""
    start = mode.name[:-len("parse_mode")]
    entities = sibling(schema, field, *([start + "entities"] if start else
                                        ["entities", field.name + "_entities"]))
    none = [] if field.required else [f"!{field.cpp_name}"]
    none += [f"bool({entities.cpp_name})"] if entities else []
    return f"detail::mode_of(writer, {mode.cpp_name}, {' || '.join(none) or 'false'})"


def parse_mode_member(schema, field):
    mode = mode_of_text(schema, text_of_mode(schema, field))
    return Member("banter::parse_mode", " = {}",
                  f'    detail::write_parse_mode(writer, "{{key}}", {mode});\n')


def limited_text(schema, field):
    """A text of bounded length."""
    plain, limit = SCALARS["String"], field.length["max"]
    kind, last = "limited_text", ""
    if field.length["unit"] == "bytes":
        kind = "limited_bytes"
    elif mode_of_text(schema, field):
        kind, last = "marked_text", ", " + mode_of_text(schema, field)
    if field.required:
        return Member(f"banter::required<{plain}>", "",
                      f'    detail::write_{kind}(writer, "{{key}}", {{name}}.value, {limit}{last});\n')
    return Member(f"std::optional<{plain}>", " = {}",
                  f'    detail::write_if_{kind}(writer, "{{key}}", {{name}}, {limit}{last});\n')


def counted(field, member):
    """A list that is checked before it is written."""
    if (field.owner, field.name) not in COUNTS:
        return member
    least, most = COUNTS[field.owner, field.name]
    size = "{name}.value.size()" if field.required else "{name}.size()"
    check = f'    detail::check_count(writer, "{{key}}", {size}, {least}, {most});\n'
    return Member(member.declared, member.default, check + member.write)


def scalar_member(name, required):
    plain, writer = SCALARS[name], WRITERS[name]
    if required:
        return Member(f"banter::required<{plain}>", "",
                      f'    detail::write_{writer}(writer, "{{key}}", {{name}}.value);\n')
    return Member(f"std::optional<{plain}>", " = {}",
                  f'    detail::write_if_{writer}(writer, "{{key}}", {{name}});\n')


def list_member(schema, types, required):
    if len(types) > 1:  # lists of several types: a list of the union that has them all
        union = schema.smallest_union([peel(t)[0] for t in types])
        types = ["Array of " + union]
    declared = element_type(schema, types[0])
    if required:
        return Member(f"banter::required<{declared}>", "",
                      '    detail::write_name(writer, "{key}");\n    {name}.value.write_json(writer);\n')
    return Member(declared, " = {}", '    if ({name}) {{\n        detail::write_name(writer, "{key}");\n'
                  "        {name}.write_json(writer);\n    }}\n")


def object_member(schema, name, required):
    t = schema.types[name]
    declared = "banter::" + t.outgoing
    if required and not t.members:
        return Member(f"banter::required<{declared}>", "",
                      '    detail::write_name(writer, "{key}");\n    {name}.value.write_json(writer);\n')
    return by_value(declared, required)


def member_of(schema, field, is_parameter):
    types = field.types
    if field.always_true:
        return Member(None, "", '    detail::write_boolean(writer, "{key}", true);\n')
    if field.fixed:
        return Member(None, "", '    detail::write_text(writer, "{key}", "'
                      + field.fixed + '");\n')
    if set(types) & KEYBOARDS and (field.name == "reply_markup"):
        assert not field.required
        return Member("banter::reply_markup", " = {}",
                      '    if ({name})\n        detail::write_keyboard(writer, "{key}", {name});\n')
    if "InputFile" in types or field.is_file_text:
        return file_member(field.required, is_parameter)
    if types == ["Integer", "String"]:
        declared = "banter::chat_id_ref"
        if field.required:
            return Member(declared, "", '    detail::write_chat(writer, "{key}", {name});\n')
        return Member(f"std::optional<{declared}>", " = {}",
                      '    detail::write_if_chat(writer, "{key}", {name});\n')
    if field.name.endswith("parse_mode"):
        assert not field.required
        return parse_mode_member(schema, field)
    if types[0].startswith("Array of "):
        return counted(field, list_member(schema, types, field.required))
    assert len(types) == 1, (field.owner, field.name, types)
    if types == ["String"] and field.length:
        return limited_text(schema, field)
    if types == ["Boolean"] and field.name in DEFAULT_FLAGS and not field.required:
        return Member("std::optional<bool>", " = {}",
                      '    detail::write_if_boolean_or(writer, "{key}", {name}, '
                      f"detail::default_flag::{field.name});\n")
    if types == ["LinkPreviewOptions"] and not field.required:
        return Member("std::optional<banter::link_preview_options>", " = {}",
                      '    detail::write_link_preview(writer, "{key}", {name});\n')
    if types[0] in SCALARS:
        return scalar_member(types[0], field.required)
    return object_member(schema, types[0], field.required)


def in_order(fields):
    """Required fields first: a designated initialiser follows the order of declaration."""
    return [f for f in fields if f.required] + [f for f in fields if not f.required]


def struct_text(schema, name, api_name, fields, is_parameter=False, before="", after=""):
    out = [f"/// Bot API: {api_name}.\nstruct {name} {{\n{before}"]
    for f in in_order(fields):
        m = member_of(schema, f, is_parameter)
        if not m.declared:
            continue
        note = constraints(f)
        comment = f"    /// {note}\n" if note and len(note) < 90 else ""
        out.append(f"{comment}    {m.declared} {f.cpp_name}{m.default};\n")
    out.append(after + "\n    void write_json(banter::json_writer& writer) const;\n};\n\n")
    return "".join(out)


def struct_body(schema, name, fields, is_parameter=False, extra=False):
    writes = "".join(
        member_of(schema, f, is_parameter).write.format(key=f.name, name=f.cpp_name)
        for f in fields)
    if extra:
        writes += "    if (!extra.empty())\n        writer.members(extra);\n"
    return (f"BANTER_DECL void {name}::write_json(json_writer& writer) const {{\n"
            f"    writer.begin_object();\n{writes}    writer.end_object();\n}}\n\n")


def union_text(schema, t):
    """A union holds one of its members by value."""
    members = schema.object_members(t)
    out = [f"/// Bot API: {t.name}, one of several types: made of any of them.\n"
           f"class {t.outgoing} {{\n  public:\n"]
    for i, m in enumerate(members):
        out.append(f"    constexpr {t.outgoing}(const banter::{m.outgoing}& from) noexcept\n"
                   f"        : which_({i}), m{i}_(from) {{}}\n")
    out.append("\n    void write_json(banter::json_writer& writer) const;\n\n  private:\n"
               "    unsigned char which_;\n    union {\n")
    for i, m in enumerate(members):
        out.append(f"        banter::{m.outgoing} m{i}_;\n")
    return "".join(out) + "    };\n};\n\n"


def union_body(schema, t):
    cases = "".join(f"    case {i}: return m{i}_.write_json(writer);\n"
                    for i in range(len(t.members)))
    return (f"BANTER_DECL void {t.outgoing}::write_json(json_writer& writer) const {{\n"
            f"    switch (which_) {{\n{cases}    default: return;\n    }}\n}}\n\n")


def recursive_union_text(schema, t):
    """A union whose members hold it: it refers to them instead."""
    out = [f"/// Bot API: {t.name}: a plain text, a list of parts, or one of several types, which\n"
           "/// hold more of it. Refers to what it is made of.\n"
           f"class {t.outgoing} {{\n  public:\n"
           "    template <class S>\n        requires std::is_convertible_v<const S&, std::string_view>\n"
           f"    constexpr {t.outgoing}(const S& plain) noexcept : plain_(plain) {{}}\n\n"
           f"    template <class R>\n        requires banter::detail::list_source<R, {t.outgoing}>\n"
           f"    constexpr {t.outgoing}(const R& parts) noexcept : parts_(parts) {{}}\n\n"]
    for m in schema.object_members(t):
        out.append(f"    {t.outgoing}(const banter::{m.outgoing}& from) noexcept;\n")
    out.append("\n    void write_json(banter::json_writer& writer) const;\n\n  private:\n"
               "    std::string_view plain_;\n"
               f"    banter::list_of<{t.outgoing}> parts_;\n"
               "    banter::reply_markup object_;\n")
    return "".join(out) + "};\n\n"


def recursive_union_body(schema, t):
    out = []
    for m in schema.object_members(t):
        out.append(f"BANTER_DECL {t.outgoing}::{t.outgoing}(const banter::{m.outgoing}& from) "
                   "noexcept\n    : object_(from) {}\n\n")
    out.append(f"BANTER_DECL void {t.outgoing}::write_json(json_writer& writer) const {{\n"
               "    if (object_)\n        return object_.write_json(writer);\n"
               "    if (parts_)\n        return parts_.write_json(writer);\n"
               "    writer.string(plain_);\n}\n\n")
    return "".join(out)


def held_by_value(schema, t):
    """The types that must be complete before `t`."""
    if t.members:
        return [] if schema.is_any(t.name) else [m.name for m in schema.object_members(t)]
    return [x for f in t.fields for x in f.types
            if x in schema.types and x not in KEYBOARDS and x != "InputFile"]


def sorted_by_need(schema):
    done, out = set(), []

    def visit(name):
        if name in done or name not in schema.sent:
            return
        done.add(name)
        for need in held_by_value(schema, schema.types[name]):
            visit(need)
        out.append(schema.types[name])
    for name in schema.types:
        visit(name)
    return [t for t in out if t.name != "InputFile"]


def result_type(schema, returns):
    if "Boolean" in returns:
        others = [r for r in returns if r != "Boolean"]
        return f"telegram::owned<telegram::{schema.types[others[0]].view}>" if others else "void"
    name, depth = peel(returns[0])
    if not depth and name in ("Integer", "String"):
        return {"Integer": "std::int64_t", "String": "std::string"}[name]
    view = "telegram::" + schema.types[name].view
    for _ in range(depth):
        view = f"telegram::list<{view}>"
    return f"telegram::owned<{view}>"


def method_text(schema, m):
    result = result_type(schema, m.returns)
    note = ""
    if "Boolean" in m.returns and len(m.returns) > 1:
        note = "    /// Null for an inline message, of which Telegram returns nothing.\n"
    before = (f'    static constexpr const char* method_name = "{m.name}";\n'
              f"{note}    using result = {result};\n\n")
    after = ("    /// Further parameters: the text of a JSON object, whose members are sent too.\n"
             "    std::string_view extra = {};\n")
    return struct_text(schema, m.outgoing, m.name, m.fields, True, before, after)


NEEDS = ("#include <banter/telegram/defaults.hpp>\n#include <banter/telegram/limits.hpp>\n"
         "#include <banter/telegram/methods.hpp>\n")


def wrap(schema, includes, text):
    return (BANNER.format(version=schema.version) + "#pragma once\n\n" + includes
            + "\nnamespace banter {\n\n" + text + "} // namespace banter\n")


def text_of(schema, t):
    if not t.members:
        return struct_text(schema, t.outgoing, t.name, t.fields)
    return recursive_union_text(schema, t) if schema.is_any(t.name) else union_text(schema, t)


def body_of(schema, t):
    if not t.members:
        return struct_body(schema, t.outgoing, t.fields)
    return recursive_union_body(schema, t) if schema.is_any(t.name) else union_body(schema, t)


def files(schema):
    folder = "include/banter/telegram/generated/"
    types = sorted_by_need(schema)
    forward = "".join(f"{'class' if t.members else 'struct'} {t.outgoing};\n" for t in types)
    values = forward + "\n" + "".join(text_of(schema, t) for t in types)
    methods = "".join(method_text(schema, m) for m in schema.methods)
    assert not set(METHOD_NAMES.values()) & {t.outgoing for t in types}
    return {
        folder + "values.hpp": wrap(schema, "#include <banter/telegram/values.hpp>\n", values),
        folder + "values.ipp": wrap(schema, NEEDS, "".join(body_of(schema, t) for t in types)),
        folder + "methods.hpp": wrap(
            schema, "#include <banter/telegram/generated/fwd.hpp>\n"
            "#include <banter/telegram/generated/values.hpp>\n#include <banter/telegram/view.hpp>\n",
            methods),
        folder + "methods.ipp": wrap(
            schema, NEEDS,
            "".join(struct_body(schema, m.outgoing, m.fields, True, True)
                    for m in schema.methods)),
    }

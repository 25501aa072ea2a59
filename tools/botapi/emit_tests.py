"""What the round-trip tests need: the schema as data, and code that touches every field.

tests/telegram/generated/schema.hpp    the facts, for the generator of values
tests/telegram/generated/rebuild.hpp   view -> JSON, through every accessor
tests/telegram/generated/make.hpp      JSON -> aggregate, through every member
"""

from emit_values import KEYBOARDS, SCALARS, in_order, sorted_by_need
from emit_views import BANNER
from schema import peel

FOLDER = "tests/telegram/generated/"


def quoted(text):
    return "nullptr" if text is None else f'"{text}"'


def facts(schema):
    """The schema as two flat arrays: fields, and types and methods that refer to them."""
    fields, owners = [], []

    def add(name, members, own):
        owners.append(f'    {{"{name}", {quoted("|".join(members) if members else None)}, '
                      f"{len(fields)}, {len(own)}}},\n")
        for f in own:
            fixed = "true" if f.always_true else f.fixed
            values = "|".join(f.values) or None
            fields.append(f'    {{"{f.name}", "{"|".join(f.types)}", '
                          f"{str(f.required).lower()}, {quoted(fixed)}, {quoted(values)}}},\n")
    for t in schema.types.values():
        add(t.name, t.members, t.fields)
    for m in schema.methods:
        add(m.name, None, m.fields)
    return ("inline constexpr field_facts fields[] = {\n" + "".join(fields) + "};\n\n"
            "inline constexpr type_facts types[] = {\n" + "".join(owners) + "};\n")


def schema_file(schema):
    return (BANNER.format(version=schema.version) + "#pragma once\n\n#include <cstddef>\n\n"
            "namespace facts {\n\n"
            "struct field_facts {\n    const char* name;\n    const char* types; // separated by |\n"
            "    bool required;\n    const char* fixed;\n    const char* values; // separated by |\n"
            "};\n\nstruct type_facts {\n    const char* name;\n"
            "    const char* members; // of a union, separated by |\n"
            "    std::size_t first, count; // of its fields\n};\n\n"
            + facts(schema) + "\n} // namespace facts\n")


def put_of(schema, f, class_name):
    name = peel(f.types[0])[0]
    read = f"v.{f.cpp_name_in(class_name)}()"
    if f.types in (["Integer", "String"], ["InputFile", "String"]) or name in SCALARS:
        return f'    put(out, "{f.name}", {read});\n'
    return f'    put(out, "{f.name}", {read}, rebuild_{schema.types[name].view});\n'


def rebuild_object(schema, t):
    puts = "".join(put_of(schema, f, t.view) for f in t.fields)
    unused = "" if t.fields else "    (void)v;\n"
    return f"    boost::json::object out;\n{unused}{puts}    return out;\n"


def rebuild_union(schema, t):
    out = "    union_result result;\n"
    if schema.is_any(t.name):
        out += (f"    if (v.plain())\n        result.found(boost::json::string(*v.plain()));\n"
                f"    if (v.parts())\n        result.found(array_of(v.parts(), rebuild_{t.view}));\n")
    for m in schema.object_members(t):
        out += (f"    if (auto m = v.template as<telegram::{m.view}>())\n"
                f"        result.found(rebuild_{m.view}(m));\n").replace("template ", "")
    out += "    boost::json::object out;\n"
    if not schema.is_any(t.name):
        out += "".join(put_of(schema, f, t.view) for f in schema.common_fields(t))
    return out + "    return result.agreeing_with(out);\n"


def rebuild_file(schema):
    types = list(schema.types.values())
    signature = "inline boost::json::value rebuild_{0}(const telegram::{0}& v)"
    declared = "".join(signature.format(t.view) + ";\n" for t in types)
    bodies = "".join(
        signature.format(t.view) + " {\n"
        + (rebuild_union if t.members else rebuild_object)(schema, t) + "}\n" for t in types)
    table = "".join(f'    {{"{t.name}", rebuild_from<telegram::{t.view}, rebuild_{t.view}>}},\n'
                    for t in types)
    return (BANNER.format(version=schema.version) + "#pragma once\n\n"
            '#include "../support/rebuilding.hpp"\n\nnamespace rebuilding {\n\n' + declared + "\n"
            + bodies + "\ninline constexpr entry views[] = {\n" + table + "};\n\n"
            "} // namespace rebuilding\n")


def make_of(schema, f):
    """The expression that reads one member of an aggregate from JSON."""
    types = f.types
    key = f'"{f.name}"'
    optional = "" if f.required else "optional_"
    if f.name == "reply_markup" and set(types) & KEYBOARDS:
        return f"make_markup(from, {key}, p)"
    if "InputFile" in types or f.is_file_text:
        return f"{optional}file(from, {key})"
    if types == ["Integer", "String"]:
        return f"{optional}chat(from, {key})"
    if f.name.endswith("parse_mode"):
        return f"mode(from, {key})"
    if len(types) > 1:
        types = ["Array of " + schema.smallest_union([peel(t)[0] for t in types])]
    name, depth = peel(types[0])
    if name in SCALARS:
        kind = {"Integer": "integer", "Float": "number", "Boolean": "boolean", "String": "text"}
        return (f"p.{kind[name]}s(from, {key})" if depth else f"{optional}{kind[name]}(from, {key})")
    x = schema.types[name].outgoing
    if depth:
        return f"p.{'rows' if depth == 2 else 'list'}<banter::{x}>(from, {key}, make_{x})"
    if f.required:
        return f"make_{x}(member(from, {key}), p)"
    return f"optional_object<banter::{x}>(from, {key}, p, make_{x})"


def make_struct(schema, t, extra=""):
    members = [f for f in in_order(t.fields) if not f.fixed and not f.always_true]
    inits = "".join(f"        .{f.cpp_name} = {make_of(schema, f)},\n" for f in members)
    used = "" if members else "    (void)from;\n"
    pool = "" if ", p" in inits or "p." in inits else "    (void)p;\n"
    return f"{used}{pool}    return banter::{t.outgoing}{{\n{inits}{extra}    }};\n"


def make_union(schema, t):
    out = ""
    keep = "p.keep({})" if schema.is_any(t.name) else "{}"
    if schema.is_any(t.name):
        out += (f"    if (from.is_string())\n        return banter::{t.outgoing}(as_text(from));\n"
                f"    if (from.is_array())\n        return banter::{t.outgoing}("
                f"p.kept_vector<banter::{t.outgoing}>(from, make_{t.outgoing}));\n")
    for m in schema.object_members(t):
        field, text, present, absent, date = schema.mark_of(t, m)
        assert not date
        tests = [f'says(from, "{field}", "{text}")'] if field else []
        tests += [f'has(from, "{present}")'] if present else []
        tests += [f'!has(from, "{absent}")'] if absent else []
        made = keep.format(f"make_{m.outgoing}(from, p)")
        out += (f"    if ({' && '.join(tests)})\n"
                f"        return banter::{t.outgoing}({made});\n")
    return out + '    throw std::runtime_error("a union without a member that fits");\n'


def make_markup(schema):
    """reply_markup refers to a keyboard, so the pool keeps that."""
    keys = {"InlineKeyboardMarkup": "inline_keyboard", "ReplyKeyboardMarkup": "keyboard",
            "ReplyKeyboardRemove": "remove_keyboard", "ForceReply": "force_reply"}
    out = ("inline banter::reply_markup make_markup(const value& parent, const char* key, pool& p) {\n"
           "    if (!has(parent, key))\n        return {};\n"
           "    const value& from = member(parent, key);\n")
    for name, key in keys.items():
        x = schema.types[name].outgoing
        out += f'    if (has(from, "{key}"))\n        return p.keep(make_{x}(from, p));\n'
    return out + '    throw std::runtime_error("not a keyboard");\n}\n'


def make_file(schema):
    types = sorted_by_need(schema)
    signature = "inline banter::{0} make_{0}(const value& from, pool& p)"
    markup = "inline banter::reply_markup make_markup(const value& parent, const char* key, pool& p);\n"
    declared = markup + "".join(signature.format(t.outgoing) + ";\n"
                                for t in types + schema.methods)
    bodies = "".join(
        signature.format(t.outgoing) + " {\n"
        + (make_union if t.members else make_struct)(schema, t) + "}\n" for t in types)
    bodies += "".join(signature.format(m.outgoing) + " {\n" + make_struct(schema, m) + "}\n"
                      for m in schema.methods)
    table = "".join(f'    {{"{t.name}", written<banter::{t.outgoing}, make_{t.outgoing}>}},\n'
                    for t in types)
    methods = "".join(f'    {{"{m.name}", written<banter::{m.outgoing}, make_{m.outgoing}>}},\n'
                      for m in schema.methods)
    return (BANNER.format(version=schema.version) + "#pragma once\n\n"
            '#include "../support/making.hpp"\n\nnamespace making {\n\n' + declared + "\n" + bodies
            + make_markup(schema) + "\ninline constexpr entry aggregates[] = {\n" + table
            + "};\n\ninline constexpr entry methods[] = {\n" + methods + "};\n\n"
            "} // namespace making\n")


def files(schema):
    return {FOLDER + "schema.hpp": schema_file(schema), FOLDER + "rebuild.hpp": rebuild_file(schema),
            FOLDER + "make.hpp": make_file(schema)}

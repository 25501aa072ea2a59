"""What a context's shortcuts take and do: flow/generated/reply_options.hpp and replies.ipp.

A shortcut sends to the update's chat, or edits the update's message. Its options are the method's
fields, without those that the update gives and those that the shortcut takes as arguments.
"""

from emit_values import in_order, member_of, wrap
from schema import constraints

# Method, shortcut, options.
REPLIES = [
    ("sendMessage", "reply", "text_options"),
    ("sendPhoto", "reply_photo", "photo_options"),
    ("sendLivePhoto", "reply_live_photo", "live_photo_options"),
    ("sendAudio", "reply_audio", "audio_options"),
    ("sendDocument", "reply_document", "document_options"),
    ("sendVideo", "reply_video", "video_options"),
    ("sendAnimation", "reply_animation", "animation_options"),
    ("sendVoice", "reply_voice", "voice_options"),
    ("sendVideoNote", "reply_video_note", "video_note_options"),
    ("sendPaidMedia", "reply_paid_media", "paid_media_options"),
    ("sendMediaGroup", "reply_media_group", "media_group_options"),
    ("sendLocation", "reply_location", "location_options"),
    ("sendVenue", "reply_venue", "venue_options"),
    ("sendContact", "reply_contact", "contact_options"),
    ("sendPoll", "reply_poll", "poll_options"),
    ("sendChecklist", "reply_checklist", "checklist_options"),
    ("sendDice", "reply_dice", "dice_options"),
    ("sendSticker", "reply_sticker", "sticker_options"),
    ("sendGame", "reply_game", "game_options"),
    ("sendInvoice", "reply_invoice", "invoice_options"),
    ("sendRichMessage", "reply_rich", "rich_options"),
    ("copyMessage", "reply_copy", "copy_options"),
    ("forwardMessage", "reply_forward", "forward_options"),
]
EDITS = [
    ("editMessageText", "edit", "edit_options"),
    ("editMessageCaption", "edit_caption", "edit_caption_options"),
    ("editMessageLiveLocation", "edit_location", "edit_location_options"),
]
ANSWERS = [("answerInlineQuery", "answer", "inline_options")]
FROM_UPDATE = {"chat_id", "message_thread_id", "direct_messages_topic_id", "business_connection_id",
               "message_id", "inline_message_id", "inline_query_id"}
# Not required by the methods, because something else may stand in their place.
ARGUMENTS = {("editMessageText", "text"), ("editMessageCaption", "caption")}
# What only another method's message has.
LEFT_OUT = {("editMessageText", "rich_message")}
# Arguments that would be called as the options are, or as a filter.
RENAMED = {("sendPoll", "options"): "answers", ("editMessageCaption", "caption"): "words",
           ("sendChecklist", "checklist"): "tasks", ("sendRichMessage", "rich_message"): "content"}
PARAMETERS = {"banter::required<std::string_view>": "std::string_view",
              "std::optional<std::string_view>": "std::string_view",
              "banter::required<std::int64_t>": "std::int64_t",
              "banter::required<double>": "double"}
QUOTE = ("    /// Whether the message quotes the one it answers: outside of private chats, unless said\n"
         "    /// otherwise here or by reply_parameters.\n"
         "    std::optional<bool> quote = {};\n")
NO_PREVIEW = "    /// link_preview_options.is_disabled.\n    std::optional<bool> disable_link_preview = {};\n"
EXTRA = ("    /// Further parameters: the text of a JSON object, whose members are sent too.\n"
         "    std::string_view extra = {};\n")


class Shortcut:
    def __init__(self, schema, row, edits):
        api_name, self.name, self.options = row
        self.method = next(m for m in schema.methods if m.name == api_name)
        self.edits = edits
        taken = FROM_UPDATE - ({"message_id"} if self.is_copy else set())
        own = [f for f in self.method.fields
               if f.name not in taken and (api_name, f.name) not in LEFT_OUT]
        self.arguments = [f for f in own if f.required or (api_name, f.name) in ARGUMENTS]
        if self.is_copy:
            self.arguments.sort(key=lambda f: f.name)  # the chat, then the message
        self.fields = [f for f in own if f not in self.arguments]
        self.schema = schema

    @property
    def is_copy(self):
        return self.name in ("reply_copy", "reply_forward")

    def has(self, name):
        return any(f.name == name for f in self.method.fields)

    def declared(self, field):
        return member_of(self.schema, field, True).declared

    def argument(self, field):
        if "input_file" in self.declared(field):
            return field.cpp_name + "_file"
        return RENAMED.get((self.method.name, field.name), field.cpp_name)

    def parameter(self, field):
        declared = self.declared(field)
        if declared in PARAMETERS:
            return f"{PARAMETERS[declared]} {self.argument(field)}"
        if declared.startswith("banter::required<"):
            declared = declared[len("banter::required<"):-1]
        return f"const {declared}& {self.argument(field)}"

    def struct(self):
        owner = "inline_context" if self.options == "inline_options" else "context"
        out = [f"/// What {owner}::{self.name} takes beside its arguments: fields of {self.method.name}.\n"
               f"struct {self.options} {{\n"]
        for f in in_order(self.fields):
            note = constraints(f)
            out.append(f"    /// {note}\n" if note and len(note) < 90 else "")
            out.append(f"    {self.declared(f)} {f.cpp_name} = {{}};\n")
        out.append(NO_PREVIEW if self.has("link_preview_options") else "")
        out.append(QUOTE if self.has("reply_parameters") else "")
        return "".join(out) + EXTRA + "};\n\n"

    def initialisers(self):
        """The method's required fields, in the order of their declaration."""
        values = {"chat_id": "chat_id()", "business_connection_id": "head().business_connection_id"}
        return ", ".join(f".{f.cpp_name} = {values.get(f.name, self.argument(f))}"
                         for f in self.method.fields if f.required)

    def head(self, parameters):
        """The first lines of a body, each short enough."""
        start = f"BANTER_DECL void context::{self.name}("
        lines = [start]
        for i, one in enumerate(parameters):
            one += ", " if i + 1 < len(parameters) else ""
            if len(lines[-1]) + len(one) > 95:
                lines.append(" " * len(start))
            lines[-1] += one
        return "\n".join(line.rstrip() for line in lines) + ") {\n"

    def body(self):
        parameters = [self.parameter(f) for f in self.arguments]
        out = [self.head(parameters + [f"const {self.options}& options"])]
        if any(f.required and f.name == "business_connection_id" for f in self.method.fields):
            out.append(f'    detail::require_business(head(), "{self.method.name}");\n')
        out.append(f"    {self.method.outgoing} call{{{self.initialisers()}}};\n")
        out += [f"    call.{f.cpp_name} = {self.argument(f)};\n" for f in self.arguments if not f.required]
        out += [f"    call.{f.cpp_name} = options.{f.cpp_name};\n" for f in self.fields]
        if self.has("link_preview_options"):
            out.append("    detail::disable_preview(call, options.disable_link_preview);\n")
        out.append("    call.extra = options.extra;\n")
        if self.edits:
            out.append("    detail::point_at_message(call, head());\n")
        else:
            quote = "options.quote" if self.has("reply_parameters") else "false"
            out.append(f"    detail::address(call, head(), {quote}, effects_->defaults());\n")
        out.append("    effects_->add(call);\n}\n\n")
        names = "".join(self.argument(f) + ", " for f in self.arguments)
        out.append(self.head(parameters) + f"    {self.name}({names}{self.options}{{}});\n}}\n\n")
        return "".join(out)


def files(schema):
    folder = "include/banter/flow/generated/"
    all_of_them = ([Shortcut(schema, row, False) for row in REPLIES]
                   + [Shortcut(schema, row, True) for row in EDITS])
    answers = [Shortcut(schema, row, True) for row in ANSWERS]
    return {
        folder + "reply_options.hpp": wrap(
            schema, "#include <banter/telegram/generated/values.hpp>\n"
            "#include <banter/telegram/values.hpp>\n",
            "".join(s.struct() for s in all_of_them + answers)),
        folder + "replies.ipp": wrap(
            schema, "#include <banter/flow/context.hpp>\n"
            "#include <banter/flow/generated/reply_options.hpp>\n"
            "#include <banter/flow/impl/context_address.hpp>\n"
            "#include <banter/telegram/methods.hpp>\n",
            "".join(s.body() for s in all_of_them)),
    }

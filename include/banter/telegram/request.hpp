// One call of a Bot API method, ready to be sent: what crosses the border to the network.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/json_writer.hpp>
#include <banter/telegram/transfer.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace banter {

class file_sink;  // telegram/file_sink.hpp

/// A file that goes along with a call. Exactly one of `path` and `bytes` is in use: a non-empty
/// `path` names a file that is streamed from disk, else `bytes` are the contents.
struct upload {
    std::string name;      ///< the form field: a parameter's name, or N for attach://N
    std::string file_name; ///< what Telegram shows as the file's name
    std::string path;
    std::string bytes;
};

/// A call as text. Without uploads the body can be sent as it is (application/json); with uploads
/// its members become the fields of a multipart/form-data body beside the files.
struct request {
    std::string method; ///< the Bot API's name: "sendMessage"
    std::string body;   ///< the parameters: the text of a JSON object
    std::vector<upload> uploads;
    /// Not null: no call, but a file is fetched. The method is then "download", and the body says
    /// {"file_path":...}.
    const file_sink* file = nullptr;
    /// Told how much of a body with uploads has been handed to the network.
    transfer_watch watch = {};
    /// Why the call must not be sent, in words; empty as a rule. Filled where a text or a list is over
    /// Telegram's limits (limits.hpp); whoever sends calls throws limit_error then.
    std::string fault = {};
};

inline json_writer::json_writer(request& out, const message_defaults* defaults) noexcept
    : out_(&out.body), uploads_(&out), defaults_(defaults) {}

/// Writes the parameters of a method aggregate (`send_message{...}`) into a request. Everything
/// that the aggregate refers to is copied: it may go away afterwards. What it leaves unset is taken
/// from `defaults`, if there are any.
template <class M>
request make_request(const M& method, const message_defaults* defaults = nullptr) {
    static_assert(std::is_trivially_copyable_v<M>,
                  "[banter] a method's parameters must be trivially copyable views: g++ 12 "
                  "destroys owning members of an aggregate twice inside a co_await expression");
    request out;
    out.method.assign(M::method_name);
    json_writer writer(out, defaults);
    method.write_json(writer);
    return out;
}

} // namespace banter

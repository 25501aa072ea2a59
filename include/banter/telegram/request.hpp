// One call of a Bot API method, ready to be sent: what crosses the border to the network.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/json_writer.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace banter {

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
};

inline json_writer::json_writer(request& out) noexcept : out_(&out.body), uploads_(&out) {}

/// Writes the parameters of a method aggregate (`send_message{...}`) into a request. Everything
/// that the aggregate refers to is copied: it may go away afterwards.
template <class M> request make_request(const M& method) {
    static_assert(std::is_trivially_copyable_v<M>,
                  "[banter] a method's parameters must be trivially copyable views: g++ 12 "
                  "destroys owning members of an aggregate twice inside a co_await expression");
    request out;
    out.method.assign(M::method_name);
    json_writer writer(out);
    method.write_json(writer);
    return out;
}

} // namespace banter

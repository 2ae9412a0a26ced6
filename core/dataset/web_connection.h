// One HTTP request at a time, without redirects: libcurl with our limits around it. Private to the web reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "core/base/error.h"
#include "core/base/job_monitor.h"
#include "core/dataset/web_url.h"

namespace loom {

/// How long to wait, and how long is too slow. Tests shorten it.
struct WebTimes {
  int connectSeconds = 15;
  int slowSeconds = 20;  ///< a transfer is given up after so long below 1 kB/s
};

struct WebRequest {
  WebAddress address;
  std::int64_t from = 0;     ///< the first byte asked for
  std::int64_t to = -1;      ///< the last one; -1 for all
  std::string unchangedTag;  ///< with `from`: what the half that is there was tagged with (If-Range)
  bool compressed = false;   ///< whether gzip and the like may be used on the way
  bool mayBeLocal = false;   ///< whether a host in a private network may be asked
};

/// What the server says before the body.
struct WebHead {
  int status = 0;
  std::string type;             ///< "text/html", in small letters, without parameters
  std::string charset;          ///< of the type, in small letters
  std::string etag;             ///< strong ones alone
  std::string modified;         ///< Last-Modified
  std::string location;         ///< of a redirect, absolute
  std::int64_t length = -1;     ///< of this body; -1 when not told
  std::int64_t from = 0;        ///< where in the file this body begins (Content-Range)
  std::int64_t total = -1;      ///< of the whole file; -1 when not told
  std::int64_t retryAfter = 0;  ///< seconds
  bool local = false;           ///< it came from a private network
};

enum class WebEnd { kWhole, kEnough, kCut };

struct WebReply {
  WebHead head;
  WebEnd end = WebEnd::kWhole;
  std::string why;  ///< of kCut
};

/// Takes the body of a reply with status 200 to 299, part by part; false when it has enough.
using WebSink = std::function<bool(const WebHead&, std::span<const std::byte>)>;

/// The server could not be asked at all.
class WebUnreachable : public Error {
 public:
  using Error::Error;
};

/// Keeps connections open between requests. No cookies, no credentials, certificates are checked.
class WebConnection {
 public:
  explicit WebConnection(WebTimes times);
  ~WebConnection();
  WebConnection(const WebConnection&) = delete;
  WebConnection& operator=(const WebConnection&) = delete;

  /// A body that ended too early or came too slowly is kCut; bodies of other statuses are dropped. Throws Cancelled
  /// within 0.2 s, WebUnreachable, Error for a host in a private network that may not be asked, and what the sink
  /// throws.
  WebReply get(const WebRequest& request, const WebSink& sink, JobMonitor& monitor);

 private:
  struct Handles;
  std::unique_ptr<Handles> m_handles;
  WebTimes m_times;
};

}  // namespace loom

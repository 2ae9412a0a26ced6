// Asks web servers as a good guest: robots.txt first, not too often, redirects within bounds. Private to the web
// reader.
#pragma once

#include <map>
#include <string>

#include "core/dataset/web_connection.h"
#include "core/dataset/web_pace.h"
#include "core/dataset/web_robots.h"

namespace loom {

struct WebSettings {
  std::chrono::milliseconds interval{1000};  ///< from one request to a host to the next
  WebTimes times;
  WebClock clock = WebClock::real();
};

struct WebQuestion {
  std::string url;
  std::string localHost;  ///< the one host that may lie in a private network
  std::int64_t from = 0;  ///< these four as in WebRequest
  std::int64_t to = -1;
  std::string unchangedTag;
  bool compressed = false;
};

struct WebAnswer {
  WebAddress address;  ///< after redirects
  WebReply reply;      ///< its status is 200 to 299
};

/// The server answered, but not with what was asked for.
class WebRefused : public Error {
 public:
  WebRefused(int status, const std::string& what, std::string hint) : Error(what, std::move(hint)), m_status(status) {}
  int status() const { return m_status; }

 private:
  int m_status;
};

class WebClient {
 public:
  explicit WebClient(WebSettings settings);

  /// Throws Cancelled, WebUnreachable, WebRefused, and Error: no web address, not allowed by robots.txt, too many or
  /// bad redirects, a private network, what the sink throws. A host that says it is asked too much (429, 503) is asked
  /// again when it says, at most twice and after at most a minute.
  WebAnswer ask(const WebQuestion& question, const WebSink& sink, JobMonitor& monitor);

 private:
  void requireAllowed(const WebRequest& request, JobMonitor& monitor);
  RobotsRules readRobots(const WebRequest& page, JobMonitor& monitor);
  WebReply askOnce(const WebRequest& request, const WebSink& sink, JobMonitor& monitor);

  WebConnection m_connection;
  WebPace m_pace;
  std::map<std::string, RobotsRules> m_robots;  ///< by origin
};

}  // namespace loom

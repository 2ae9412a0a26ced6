// A small web server on this machine for tests: it does what a table says, well or badly, and keeps a log.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace loom {

struct ServedRequest {
  std::string path;                            ///< with its query
  std::map<std::string, std::string> headers;  ///< names in small letters
  std::int64_t time = 0;                       ///< of the server's clock, when it arrived
};

struct Served {
  int status = 200;
  std::string type = "text/html";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  bool ranges = true;          ///< whether Range is understood
  std::int64_t cutAfter = -1;  ///< the connection is closed after so many bytes of the body
  std::int64_t length = -1;    ///< what Content-Length claims instead of the truth
  bool withLength = true;      ///< whether there is a Content-Length
  int pauseMilliseconds = 0;   ///< after each kilobyte of the body
  int waitMilliseconds = 0;    ///< before the answer
};

class LoopbackServer {
 public:
  using Handler = std::function<Served(const ServedRequest&)>;

  LoopbackServer();
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  void put(const std::string& path, Served answer);
  void put(const std::string& path, Handler handler);
  /// The times in the log come from here.
  void useClock(std::function<std::int64_t()> clock);

  int port() const { return m_port; }
  /// "http://127.0.0.1:PORT/…"
  std::string url(const std::string& path, const std::string& host = "127.0.0.1") const;
  std::vector<ServedRequest> log() const;
  /// The requests for one path.
  std::vector<ServedRequest> log(const std::string& path) const;
  void clearLog();

 private:
  void run();
  void serve(int connection);
  bool send(int connection, const char* bytes, std::size_t count) const;
  void answer(int connection, const ServedRequest& request, const Served& served) const;

  int m_socket = -1;
  int m_port = 0;
  mutable std::mutex m_mutex;
  std::map<std::string, Handler> m_answers;
  std::vector<ServedRequest> m_log;
  std::function<std::int64_t()> m_clock;
  std::atomic<bool> m_ending = false;
  std::thread m_thread;
};

}  // namespace loom

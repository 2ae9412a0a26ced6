// What libcurl's callbacks do during one request. Private to the web connection.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <exception>
#include <span>
#include <string>

#include "core/dataset/web_connection.h"

namespace loom {

/// One request while it runs: what curl's callbacks work on. Nothing may be thrown through curl, so that what a sink
/// throws waits here.
struct WebTransfer {
  CURL* easy = nullptr;
  const WebRequest* request = nullptr;
  const WebSink* sink = nullptr;
  bool proxied = false;
  bool headRead = false;
  bool enough = false;
  bool refusedLocal = false;
  std::int64_t dropped = 0;  ///< bytes of a body that nobody wants
  WebHead head;
  std::exception_ptr failure;
  char words[CURL_ERROR_SIZE] = {};

  bool allows(bool isPublic) const { return isPublic || proxied || request->mayBeLocal; }
  std::string header(const char* name) const;
  /// Sets the callbacks of `easy`, which then must not outlive this.
  void install();
  /// Reads what the server said, once.
  void readHead();
  bool take(std::span<const std::byte> bytes);
};

}  // namespace loom

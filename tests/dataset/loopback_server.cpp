#include "tests/dataset/loopback_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace loom {
namespace {

constexpr int kPollMilliseconds = 20;

ServedRequest parseRequest(const std::string& text) {
  ServedRequest request;
  std::istringstream lines(text);
  std::string method;
  lines >> method >> request.path;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.size() > 1) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    std::string name = line.substr(0, colon);
    for (char& c : name) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    request.headers[name] = line.substr(colon + 2, line.size() - colon - 3);
  }
  return request;
}

/// Where the answer begins, by Range and If-Range; the end by `to`.
std::pair<std::size_t, std::size_t> rangeOf(const ServedRequest& request, const Served& served) {
  const std::pair<std::size_t, std::size_t> all(0, served.body.size());
  const auto range = request.headers.find("range");
  if (!served.ranges || served.status != 200 || range == request.headers.end()) return all;
  if (const auto condition = request.headers.find("if-range"); condition != request.headers.end()) {
    const bool same = std::ranges::any_of(served.headers, [&](const auto& header) {
      return (header.first == "ETag" || header.first == "Last-Modified") && header.second == condition->second;
    });
    if (!same) return all;
  }
  const std::string numbers = range->second.substr(range->second.find('=') + 1);
  const std::size_t from = std::strtoull(numbers.c_str(), nullptr, 10);
  const std::string to = numbers.substr(numbers.find('-') + 1);
  const std::size_t end =
      to.empty() ? all.second : std::min<std::size_t>(std::strtoull(to.c_str(), nullptr, 10) + 1, all.second);
  return {from, end};
}

}  // namespace

LoopbackServer::LoopbackServer() {
  m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);  // 127.0.0.2 too; a test proves that nobody asks there
  constexpr int kWaiting = 16;
  if (::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      ::listen(m_socket, kWaiting) != 0) {
    throw std::runtime_error("no server on loopback");
  }
  socklen_t size = sizeof(address);
  ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size);
  m_port = ntohs(address.sin_port);
  m_thread = std::thread([this] { run(); });
}

LoopbackServer::~LoopbackServer() {
  m_ending = true;
  m_thread.join();
  ::close(m_socket);
}

void LoopbackServer::put(const std::string& path, Served answer) {
  put(path, [answer = std::move(answer)](const ServedRequest&) { return answer; });
}

void LoopbackServer::put(const std::string& path, Handler handler) {
  const std::lock_guard lock(m_mutex);
  m_answers[path] = std::move(handler);
}

void LoopbackServer::useClock(std::function<std::int64_t()> clock) {
  const std::lock_guard lock(m_mutex);
  m_clock = std::move(clock);
}

std::string LoopbackServer::url(const std::string& path, const std::string& host) const {
  return "http://" + host + ":" + std::to_string(m_port) + path;
}

std::vector<ServedRequest> LoopbackServer::log() const {
  const std::lock_guard lock(m_mutex);
  return m_log;
}

std::vector<ServedRequest> LoopbackServer::log(const std::string& path) const {
  std::vector<ServedRequest> all = log();
  std::erase_if(all, [&](const ServedRequest& request) { return request.path != path; });
  return all;
}

void LoopbackServer::clearLog() {
  const std::lock_guard lock(m_mutex);
  m_log.clear();
}

void LoopbackServer::run() {
  while (!m_ending) {
    pollfd ready{m_socket, POLLIN, 0};
    if (::poll(&ready, 1, kPollMilliseconds) != 1) continue;
    const int connection = ::accept(m_socket, nullptr, nullptr);
    if (connection < 0) continue;
    serve(connection);
    ::close(connection);
  }
}

void LoopbackServer::serve(int connection) {
  std::string text;
  while (text.find("\r\n\r\n") == std::string::npos) {
    pollfd ready{connection, POLLIN, 0};
    if (m_ending) return;
    if (::poll(&ready, 1, kPollMilliseconds) != 1) continue;
    char block[4096];
    const ssize_t count = ::recv(connection, block, sizeof(block), 0);
    if (count <= 0) return;
    text.append(block, static_cast<std::size_t>(count));
  }
  ServedRequest request = parseRequest(text);
  Handler handler;
  {
    const std::lock_guard lock(m_mutex);
    if (m_clock) request.time = m_clock();
    m_log.push_back(request);
    const auto found = m_answers.find(request.path);
    if (found != m_answers.end()) handler = found->second;
  }
  Served missing;
  missing.status = 404;
  missing.body = "<html>nothing here</html>";
  answer(connection, request, handler ? handler(request) : missing);
}

bool LoopbackServer::send(int connection, const char* bytes, std::size_t count) const {
  while (count > 0) {
    const ssize_t sent = ::send(connection, bytes, count, MSG_NOSIGNAL);
    if (sent <= 0 || m_ending) return false;
    bytes += sent;
    count -= static_cast<std::size_t>(sent);
  }
  return true;
}

void LoopbackServer::answer(int connection, const ServedRequest& request, const Served& served) const {
  for (int waited = 0; waited < served.waitMilliseconds && !m_ending; waited += kPollMilliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kPollMilliseconds));
  }
  const auto [from, to] = rangeOf(request, served);
  const bool partial = from != 0 || to != served.body.size();
  std::ostringstream head;
  if (from > served.body.size()) {
    head << "HTTP/1.1 416 Out of range\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    send(connection, head.str().data(), head.str().size());
    return;
  }
  head << "HTTP/1.1 " << (partial ? 206 : served.status) << " As told\r\nConnection: close\r\n";
  if (!served.type.empty()) head << "Content-Type: " << served.type << "\r\n";
  if (served.withLength) {
    head << "Content-Length: " << (served.length >= 0 ? served.length : static_cast<std::int64_t>(to - from)) << "\r\n";
  }
  if (partial) head << "Content-Range: bytes " << from << "-" << to - 1 << "/" << served.body.size() << "\r\n";
  for (const auto& [name, value] : served.headers) head << name << ": " << value << "\r\n";
  head << "\r\n";
  const std::string text = head.str();
  if (!send(connection, text.data(), text.size())) return;
  constexpr std::size_t kBlock = 1024;
  std::size_t end = to;
  if (served.cutAfter >= 0) end = std::min(end, from + static_cast<std::size_t>(served.cutAfter));
  for (std::size_t at = from; at < end && !m_ending; at += kBlock) {
    if (!send(connection, served.body.data() + at, std::min(kBlock, end - at))) return;
    if (served.pauseMilliseconds > 0) std::this_thread::sleep_for(std::chrono::milliseconds(served.pauseMilliseconds));
  }
  ::shutdown(connection, SHUT_WR);
}

}  // namespace loom

/*
 * A proxy for HTTPS that writes down all that it can read.
 *
 *   proxy RECORD PORT  ->  its own port on loopback, a line on stdout
 *
 * Each CONNECT, whatever host it names, is connected with PORT of loopback; so names that only a
 * proxy knows can be used. What clients send goes to RECORD, before and after the tunnel is there.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD_MAX 8192

static int record;

static void note(const char *bytes, ssize_t len)
{
        if (len > 0 && write(record, bytes, (size_t)len) != len)
                _exit(1);
}

static bool send_all(int fd, const char *bytes, ssize_t len)
{
        while (len > 0) {
                ssize_t n = send(fd, bytes, (size_t)len, MSG_NOSIGNAL);
                if (n <= 0)
                        return false;
                bytes += n;
                len -= n;
        }
        return true;
}

static struct sockaddr_in loopback(int port)
{
        return (struct sockaddr_in){.sin_family = AF_INET,
                                    .sin_port = htons((uint16_t)port),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static bool read_head(int client)
{
        char head[HEAD_MAX + 1] = "";
        size_t len = 0;
        while (len < HEAD_MAX && !strstr(head, "\r\n\r\n")) {
                ssize_t n = recv(client, head + len, HEAD_MAX - len, 0);
                if (n <= 0)
                        return false;
                note(head + len, n);
                len += (size_t)n;
                head[len] = '\0';
        }
        return strncmp(head, "CONNECT ", 8) == 0;
}

/* Carries what one sends to the other, until either closes. */
static void carry(int client, int server)
{
        struct pollfd fds[] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
        char piece[65536];
        while (poll(fds, 2, -1) > 0)
                for (int i = 0; i < 2; i++) {
                        if (!fds[i].revents)
                                continue;
                        ssize_t n = recv(fds[i].fd, piece, sizeof(piece), 0);
                        if (fds[i].fd == client)
                                note(piece, n);
                        if (n <= 0 || !send_all(fds[1 - i].fd, piece, n))
                                return;
                }
}

_Noreturn static void serve(int client, int port)
{
        static const char yes[] = "HTTP/1.1 200 Connection established\r\n\r\n";
        static const char no[] = "HTTP/1.1 405 Only CONNECT\r\nContent-Length: 0\r\n\r\n";
        struct sockaddr_in to = loopback(port);
        int server = socket(AF_INET, SOCK_STREAM, 0);
        if (!read_head(client) || connect(server, (struct sockaddr *)&to, sizeof(to)) != 0) {
                send_all(client, no, sizeof(no) - 1);
                _exit(1);
        }
        send_all(client, yes, sizeof(yes) - 1);
        carry(client, server);
        _exit(0);
}

int main(int argc, char **argv)
{
        struct sockaddr_in at = loopback(0);
        socklen_t len = sizeof(at);
        int listener = socket(AF_INET, SOCK_STREAM, 0);
        if (argc != 3)
                return 2;
        record = open(argv[1], O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (record < 0 || bind(listener, (struct sockaddr *)&at, sizeof(at)) != 0 ||
            listen(listener, 16) != 0 || getsockname(listener, (struct sockaddr *)&at, &len) != 0)
                return 1;
        signal(SIGCHLD, SIG_IGN);
        printf("%d\n", ntohs(at.sin_port));
        fflush(stdout);
        for (;;) {
                int client = accept(listener, NULL, NULL);
                if (client >= 0 && fork() == 0)
                        serve(client, (int)strtol(argv[2], NULL, 10));
                if (client >= 0)
                        close(client);
        }
}

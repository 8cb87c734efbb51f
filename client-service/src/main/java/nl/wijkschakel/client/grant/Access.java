package nl.wijkschakel.client.grant;

/** How far the receiver of an attempt may look (DOMAIN P4, P6). */
public enum Access {
    NONE,
    /** What the agreement's answer told; nothing of it is read here. */
    CORE,
    /** The parts that the client agreed to share. */
    SHARED
}
